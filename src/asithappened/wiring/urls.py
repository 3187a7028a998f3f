"""All URLs that Django serves.

Owns the list of prefixes. Delivery serves the front page, `/live/…`, `/static/…` and the health checks, and passes on
only files of media that are not on its disk, cards that have to be drawn first, and searches of a live blog.
Look next: `desk.urls`, `accounts.urls`.
"""

from django.urls import include, path

from asithappened.alerts.views import alerts, moved, worker
from asithappened.desk.views.contribute import contribute
from asithappened.desk.views.join import join
from asithappened.desk.views.media_bytes import of_a_contributor, of_a_post
from asithappened.desk.views.oembed import oembed
from asithappened.desk.views.refused import bad_request, broken, forbidden, not_found
from asithappened.media.cards.views import card
from asithappened.polls.views import poll
from asithappened.search.views import in_a_live_blog, in_the_house

urlpatterns = [
    path("desk/", include("asithappened.desk.urls")),
    # Here, because it leads to the desk, which accounts do not import.
    path("accounts/join/<str:token>/", join, name="accounts_join"),
    path("accounts/", include("asithappened.accounts.urls")),
    path("contribute/<slug:slug>/", contribute, name="contribute"),
    path("alerts/live/<slug:slug>/", alerts, name="alerts_of"),
    path("alerts/moved/", moved, name="alerts_moved"),
    path("alerts/worker.js", worker, name="alerts_worker"),  # here: its scope is /alerts/, where no page is
    path("polls/<slug:slug>/<slug:post>/<slug:poll>/", poll, name="poll"),
    path("oembed", oembed, name="oembed"),
    path("search", in_the_house, name="search"),
    path("live/<slug:slug>/search", in_a_live_blog, name="search_in_a_live_blog"),
    path(
        "live/<slug:slug>/p/<slug:post>/media/<slug:medium>/<slug:digest>/<str:name>", of_a_post, name="media_of_a_post"
    ),
    path("live/<slug:slug>/people/<slug:medium>/<slug:digest>/<str:name>", of_a_contributor, name="portrait"),
    path("live/<slug:slug>/card/<str:version>.jpg", card, name="card"),
    path("live/<slug:slug>/p/<str:name>/card/<str:version>.jpg", card, name="card_of_a_post"),
    path("live/<slug:slug>/known/<str:about>/<str:name>/card/<str:version>.jpg", card, name="card_of_a_row"),
]

handler400 = bad_request
handler403 = forbidden
handler404 = not_found
handler500 = broken
