from models import NangoAction, Ways

MOST = 4


def run_action(nango: NangoAction, input: Ways) -> None:
    for way, request in enumerate(input.ways):
        for pages, page in enumerate(nango.paginate(request), 1):
            nango.post({"endpoint": "/echo/page", "data": {"way": way, "pages": pages, "items": len(page)}})
            if pages == MOST:
                break
