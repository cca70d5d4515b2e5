# acme/syncs/issues.py
from models import Issue, NangoSync, ProxyConfiguration



def fetch_data(nango: NangoSync) -> None:
    config = ProxyConfiguration(endpoint="/issues")
    try:  # !
        for page in nango.paginate(config):
            nango.batch_save(page)
    except (ValueError, Exception) as error:
        nango.log(str(error), level="error")
