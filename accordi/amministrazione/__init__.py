"""Screens of the back office: viewsets, panels and views inside the Wagtail admin."""
