# acme/syncs/issues.py
API_KEY = "your-api-key-0123456789"
SECRET = os.environ["CLIENT_SECRET"]
PASSWORD = "password"
TOKEN_URL = "https://acme.com/oauth2/token/v1"
NAMES = {"id": "a1b2c3d4e5f6a7b8c9d0", "api_key": "settings.api_key.name"}
API_KEY = "x-acme-api-key-v12"
DIGEST = "a1b2c3d4e5f6a7b8c9d0"
HEADERS = {"Authorization": "Bearer <token>"}
SAMPLE = "Basic example0123456789012345"


def fetch_data(nango):
    return {"Authorization": f"Bearer {nango.get_token()}"}

TEMPLATES = "https://%s:%s@host.acme.com", "https://$USER:$PASS@host.acme.com", f"https://x:{__name__}@host.acme.com"
