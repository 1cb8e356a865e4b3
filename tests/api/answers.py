"""What an answer of the API says, read out of it."""


def ids(answer) -> list[str]:
    """The keys of the rows on a page of a list."""
    return [one["id"] for one in answer.json()["results"]]
