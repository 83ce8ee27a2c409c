"""Fixtures of what is kept until a committed write."""

import pytest
from django.db import connection


@pytest.fixture
def dopo_il_commit(django_capture_on_commit_callbacks):
    """As if what is written inside were a transaction by itself: not that of the test, which wrote before it."""

    def _dopo():
        connection.run_on_commit.clear()
        return django_capture_on_commit_callbacks(execute=True)

    return _dopo
