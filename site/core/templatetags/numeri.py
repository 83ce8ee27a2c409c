"""Amounts on a page as an Italian text writes them."""

from django import template

from core import numeri

register = template.Library()
register.filter("quantita", numeri.quantita)
