"""Forms drawn with Bootstrap Italia: one renderer, so no template repeats a field."""

from django.forms.renderers import TemplatesSetting


class RendererItalia(TemplatesSetting):
    """Draws `{{ form }}` and `field.as_field_group` with core/forms/*.html."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/campo.html"
