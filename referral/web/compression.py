"""Pages sent compressed, where no other site can have asked for them."""

import gzip

from flask import Flask, Response, request

WORTH_IT = 1_000  # bytes
LEVEL = 5
OWN = {"same-origin", "none"}


def compress_pages(app: Flask) -> None:
    """Compress each page that the person at the browser asked for from a page of ours, or typed.

    The length of a compressed page can betray what stands in it to a site that makes the browser
    ask again and again with guesses in the address (BREACH). The browser says whether another site
    had a part in a request, and no site can forge that: then, and where it is not said, a page
    goes out as it is.
    """

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype != "text/html" or response.is_streamed or response.content_encoding:
            return response
        response.vary.update(("Accept-Encoding", "Sec-Fetch-Site"))
        page = response.get_data()
        asked = request.accept_encodings["gzip"] > 0
        if asked and request.headers.get("Sec-Fetch-Site") in OWN and len(page) >= WORTH_IT:
            response.set_data(gzip.compress(page, LEVEL))
            response.content_encoding = "gzip"
        return response
