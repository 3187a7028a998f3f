"""The desk's addresses. `/desk/live/SLUG/` stands over the reader's `/live/SLUG/`."""

from django.urls import path

from asithappened.desk.views import blogs

app_name = "desk"
urlpatterns = [
    path("", blogs.blogs, name="blogs"),
]
