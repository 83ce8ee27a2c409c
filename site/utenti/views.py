"""Private area: what waits for me, and where I may go."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.scrivania import raccogli, voci_di


@login_required
def area(request: HttpRequest) -> HttpResponse:
    """The partner's home; staff work in the back office."""
    if request.user.e_provincia:
        return redirect(reverse("wagtailadmin_home"))
    return render(
        request,
        "utenti/area.html",
        {"voci": voci_di(request.user), "voci_menu": raccogli("FORNITORI_AREA", request.user)},
    )
