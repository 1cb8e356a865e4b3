"""The description of the API turned into rows for the reference page."""

from collections.abc import Iterator
from typing import Any

from core.api.problems import KINDS

REF = "#/components/schemas/"
TYPES = {"string": "文字", "integer": "整数", "boolean": "true / false", "object": "对象"}
FORMATS = {
    "uuid": "UUID",
    "date": "日期 2026-11-20",
    "date-time": "时刻 2026-11-20T09:00:00+08:00",
    "decimal": "小数，写成文字",
    "uri": "地址",
}
WHERE = {"path": "地址", "query": "查询", "header": "请求头"}


def reference(description: dict[str, Any], *, of: str = "") -> dict[str, Any]:
    """One noun with its addresses, the shapes they speak of, and every problem with its remedy.

    `of` is the anchor of the noun; an unknown one shows the first. All of them on one page would
    be four thousand elements.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            row = _operation(path, method, operation, description)
            groups.setdefault(operation["tags"][0], []).append(row)
    shapes = description["components"]["schemas"]
    found = [
        {"title": tag, "anchor": f"tag-{number}", "operations": rows}
        for number, (tag, rows) in enumerate(groups.items(), start=1)
    ]
    shown = next((one for one in found if one["anchor"] == of), found[0])
    places = [(one["title"], f"?of={one['anchor']}") for one in found]
    places += [("数据结构", "#shapes"), ("问题种类", "#problems")]
    return {
        "group": shown,
        "toc": [
            {
                "label": label, "url": url, "current": label == shown["title"],
                "badge": "", "tone": "idle",
            }
            for label, url in places
        ],
        "shapes": _shapes_of(shown, shapes),
        "problems": KINDS,
    }  # fmt: skip


def _shapes_of(group: dict[str, Any], shapes: dict[str, Any]) -> list[dict[str, Any]]:
    """The shapes a noun's addresses name, and those that these name in turn."""
    waiting = [one[part] for one in group["operations"] for part in ("body", "answer")]
    found: dict[str, list[dict[str, Any]]] = {}
    while waiting:
        name = waiting.pop(0)
        if name and name not in found:
            found[name] = list(_fields(shapes[name]))
            waiting += [field["shape"] for field in found[name]]
    return [{"name": name, "fields": fields} for name, fields in found.items()]


def _operation(
    path: str, method: str, operation: dict[str, Any], description: dict[str, Any]
) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    answers = operation["responses"]
    done = next(code for code in ("200", "201") if code in answers)
    shape, is_list = _answer(answers[done]["content"]["application/json"]["schema"], description)
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "tone": "warn" if method == "post" else "info",
        "path": path,
        "summary": operation["summary"],
        "duty": operation.get("description", ""),
        "parameters": [
            {
                "name": one["name"],
                "where": WHERE[one["in"]],
                "is_required": one.get("required", False),
                "text": one.get("description", ""),
                "type": _type(one["schema"])["text"],
            }
            for one in operation.get("parameters", [])
        ],
        "body": _type(body["schema"])["shape"] if body else "",
        "answer": shape,
        "is_list": is_list,
        "done": done,
        "refusals": "、".join(sorted(code for code in answers if code >= "400")),
    }


def _answer(schema: dict[str, Any], description: dict[str, Any]) -> tuple[str, bool]:
    name = _type(schema)["shape"]
    page = description["components"]["schemas"][name].get("properties", {})
    if name.startswith("Paginated"):
        return _type(page["results"])["shape"], True
    return name, False


def _fields(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    required = shape.get("required", [])
    for name, schema in shape.get("properties", {}).items():
        yield {
            "name": name,
            "label": schema.get("title") or schema.get("description", ""),
            "may_miss": name not in required,
            **_type(schema),
        }


def _type(schema: dict[str, Any]) -> dict[str, str]:
    """What kind of value: in words, and the shape it leads to if there is one."""
    inner = schema.get("allOf", [schema])[0]
    null = "，或 null" if schema.get("nullable") else ""
    if "$ref" in inner:
        return {"text": null.removeprefix("，"), "shape": inner["$ref"].removeprefix(REF)}
    if inner.get("type") == "array":
        found = _type(inner["items"])
        return {"text": f"一组{found['text']}{null}", "shape": found["shape"]}
    if codes := inner.get("properties", {}).get("code"):
        return {"text": f"code 与 label；code 为 {'、'.join(codes['enum'])}{null}", "shape": ""}
    words = FORMATS.get(inner.get("format", "")) or TYPES.get(inner.get("type", ""), "任意值")
    return {"text": f"{words}{null}", "shape": ""}
