"""Agreements, signing, verification."""

urlpatterns: list = []
