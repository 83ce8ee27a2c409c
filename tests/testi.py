"""Every sentence that a public page may show: read from templates, with what they include, and from Python sources."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.template import engines
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trim_whitespace

CHIAMATE = {"_": 1, "_t": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}
# (singular, plural), or the sentence alone with an empty plural.
Frase = tuple[str, str]


def dei_template(nomi: Iterable[str]) -> dict[Frase, str]:
    """Sentences of the templates named and of all that they extend or include → the template that says each."""
    trovate, visti, da_leggere = {}, set(), list(nomi)
    while da_leggere:
        nome = da_leggere.pop()
        if nome in visti:
            continue
        visti.add(nome)
        nodi = engines["django"].engine.get_template(nome).nodelist
        trovate |= dict.fromkeys(_frasi(nodi), nome)
        da_leggere += [n.parent_name.var for n in nodi.get_nodes_by_type(ExtendsNode)]
        da_leggere += [n.template.var for n in nodi.get_nodes_by_type(IncludeNode) if isinstance(n.template.var, str)]
    return trovate


def _frasi(nodi: object) -> Iterator[Frase]:
    for nodo in nodi.get_nodes_by_type(TranslateNode):
        if isinstance(costante := getattr(nodo.filter_expression.var, "literal", None), str):
            yield costante, ""
    for nodo in nodi.get_nodes_by_type(BlockTranslateNode):
        parti = [nodo.render_token_list(gettoni)[0] for gettoni in (nodo.singular, nodo.plural or [])]
        singolare, plurale = (trim_whitespace(p) if nodo.trimmed else p for p in parti)
        yield singolare, plurale


def del_python(file: Iterable[Path]) -> dict[Frase, str]:
    """Sentences given to gettext in these sources → the file that says each."""
    trovate = {}
    for sorgente in file:
        for nodo in ast.walk(ast.parse(sorgente.read_text())):
            quante = CHIAMATE.get(getattr(nodo.func, "id", ""), 0) if isinstance(nodo, ast.Call) else 0
            testi = [a.value for a in nodo.args[:quante] if isinstance(a, ast.Constant)] if quante else []
            if quante and len(testi) == quante:
                trovate[testi[0], testi[1] if quante == 2 else ""] = str(sorgente)
    return trovate
