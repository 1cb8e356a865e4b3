"""The pages and papers of a contract, as a browser gets them."""

from contracts.models import Contract


def page(contract: Contract, act: str = "") -> str:
    return f"/contracts/{contract.pk}/{act}/" if act else f"/contracts/{contract.pk}/"


def body(response) -> str:
    return response.content.decode()


def download(client, address: str) -> bytes:
    """The bytes of a stored file, read to its end: then the client closes it."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)
