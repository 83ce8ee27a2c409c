from django.urls import path

from utenti import views

app_name = "utenti"
urlpatterns = [path("", views.area, name="area")]
