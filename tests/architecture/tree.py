"""The project's own files, as the architecture tests walk them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Top first, as in .importlinter; apps on one line do not know each other.
LAYERS = (
    ("demo",),
    ("analytics",),
    ("disclosure",),
    ("evaluations",),
    ("supervision",),
    ("contracts",),
    ("approvals",),
    ("planning",),
    ("meetings", "venues", "partners"),
    ("regulation",),
    ("documents", "notifications", "handbook"),
    ("accounts",),
    ("organizations",),
    ("audit",),
    ("core",),
)
APPS = tuple(app for layer in LAYERS for app in layer)


def python_files(*, with_tests: bool = False) -> list[Path]:
    """Return every module of the project except migrations."""
    folders = [*APPS, "bench", "unionops", "script"] + (["tests"] if with_tests else [])
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def templates() -> list[Path]:
    """Return every HTML and SVG template."""
    return sorted(
        path
        for folder in ("templates", *(f"{app}/templates" for app in APPS))
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".html", ".svg", ".txt")
    )


def stylesheets() -> list[Path]:
    """Return our own style sheets; what others wrote lies under vendor/."""
    return sorted((ROOT / "static" / "css").rglob("*.css"))


def name_of(path: Path) -> str:
    """Return the path as people write it."""
    return str(path.relative_to(ROOT))
