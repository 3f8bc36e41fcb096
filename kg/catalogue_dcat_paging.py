"""Pages of the catalogue as harvesters follow them (`hydra:PagedCollection`, as ckanext-dcat)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.descriptions import HYDRA, Said
from kg.namespaces import RDF
from kg.terms import NamedNode, integer, text


@dataclass(frozen=True, slots=True)
class Page:
    """One page of how many."""

    number: int
    pages: int
    total: int
    size: int


def paging(address: Callable[[int], str], page: Page) -> Iterator[Said]:
    """Yield which page this is and where the others are; addresses are strings, as there."""
    node = NamedNode(address(page.number))
    yield node, RDF.type, HYDRA.PagedCollection
    yield node, HYDRA.totalItems, integer(page.total)
    yield node, HYDRA.itemsPerPage, integer(page.size)
    yield node, HYDRA.firstPage, text(address(1))
    yield node, HYDRA.lastPage, text(address(page.pages))
    if page.number < page.pages:
        yield node, HYDRA.nextPage, text(address(page.number + 1))
    if page.number > 1:
        yield node, HYDRA.previousPage, text(address(page.number - 1))
