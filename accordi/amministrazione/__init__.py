"""Back office of this app: viewsets and purpose-built views on Wagtail's own components."""

MENU_ACCORDI = "register_accordi_menu_item"
