"""Pieces of a page that are the same for everybody until an edit: drawn once, then kept (core.memoria)."""

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from core.lingue import in_uso
from core.memoria import RICORDI

register = template.Library()


@register.tag
def tenuto(parser: Parser, token: Token) -> "Tenuto":
    """{% tenuto "name" value … %} … {% endtenuto %}: what is inside says the same to whoever reads it in one language,
    on one host, given those values. Who holds a session has it drawn anew."""
    _tag, *valori = token.split_contents()
    dentro = parser.parse(("endtenuto",))
    parser.delete_first_token()
    return Tenuto([parser.compile_filter(v) for v in valori], dentro)


class Tenuto(Node):
    def __init__(self, valori: list[FilterExpression], nodelist: NodeList) -> None:
        self.valori, self.nodelist = valori, nodelist

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        if request is None or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.nodelist.render(context)
        chiave = (in_uso(), request.get_host(), *(str(v.resolve(context)) for v in self.valori))
        return RICORDI.ricorda(chiave, lambda: self.nodelist.render(context))
