"""The two ways into the platform: the portal's pages and forms, and JSON-2 with a key."""

import requests
from lxml import html

TIMEOUT = 120


class Refused(Exception):
    """The server answered with an error; ``str()`` is its message to the user."""


class Portal:
    """A session as a browser has it: cookies, pages, forms with their csrf token."""

    def __init__(self, address: str, login: str | None = None, password: str | None = None) -> None:
        self.address = address
        self.http = requests.Session()
        if login:
            self.submit("/web/login", login=login, password=password)

    def page(self, path: str, status: int = 200) -> html.HtmlElement:
        answer = self.http.get(self.address + path, timeout=TIMEOUT)
        assert answer.status_code == status, (path, answer.status_code, answer.text[-2000:])
        return html.fromstring(answer.text)

    def file(self, path: str) -> bytes:
        answer = self.http.get(self.address + path, timeout=TIMEOUT)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content

    def submit(self, path: str, *, to: str | None = None, files=None, **values):
        """Posts ``values`` to ``to`` (default: ``path``) with the csrf token of page ``path``."""
        token = self.page(path).xpath("string(//input[@name='csrf_token']/@value)")
        answer = self.http.post(
            self.address + (to or path),
            data={"csrf_token": token, **values},
            files=files,
            timeout=TIMEOUT,
        )
        assert answer.status_code < 500, (to or path, answer.status_code, answer.text[-2000:])
        return html.fromstring(answer.text)

    def call(self, path: str, **params):
        """A JSON-RPC call as the pages' scripts make it."""
        answer = self.http.post(
            self.address + path,
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=TIMEOUT,
        ).json()
        if "error" in answer:
            raise Refused(answer["error"]["data"]["message"])
        return answer["result"]


class Staff:
    """JSON-2 with an API key, which the employee makes for himself."""

    def __init__(self, address: str, login: str, password: str) -> None:
        self.address = address
        self.key = self._make_key(login, password)

    def call(self, model: str, method: str, **named):
        answer = requests.post(
            f"{self.address}/json/2/{model}/{method}",
            json=named,
            headers={"Authorization": f"bearer {self.key}"},
            timeout=TIMEOUT,
        )
        if answer.status_code != 200:
            raise Refused(answer.json().get("message", answer.text))
        return answer.json()

    def read(self, model: str, domain: list, *fields: str, **more) -> list[dict]:
        return self.call(model, "search_read", domain=domain, fields=list(fields), **more)

    def one(self, model: str, domain: list, *fields: str) -> dict:
        found = self.read(model, domain, *fields)
        assert len(found) == 1, (model, domain, found)
        return found[0]

    def _make_key(self, login: str, password: str) -> str:
        """As in the user's preferences: describe the key, confirm the password, read it once."""
        session = Portal(self.address, login, password)

        def rpc(model, method, args, context=None):
            path = f"/web/dataset/call_kw/{model}/{method}"
            named = {"context": context or {}}
            return session.call(path, model=model, method=method, args=args, kwargs=named)

        described = {"name": "scenario", "duration": "1"}
        wizard = rpc("res.users.apikeys.description", "create", [[described]])
        check = rpc("res.users.apikeys.description", "make_key", [wizard])["res_id"]
        shown = rpc("res.users.identitycheck", "run_check", [[check]], {"password": password})
        return shown["context"]["default_key"]
