"""Calls and applications."""

urlpatterns: list = []
