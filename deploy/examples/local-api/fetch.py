"""Makes an HMAC of a text with the key "session", over the container's Unix socket."""

import hashlib
import hmac
import http.client
import os
import pathlib
import socket
import sys


class Local(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=10)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


folder = pathlib.Path(os.environ.get("KEYGATE_FOLDER", "/run/keygate"))
connection = Local(str(folder / "api.sock"))
connection.request(
    "POST",
    "/v1/keys/session/material",
    body="{}",
    headers={
        "Authorization": "Bearer " + (folder / "token").read_text(),
        "Content-Type": "application/json",
        "Accept": "application/octet-stream",
    },
)
answer = connection.getresponse()
key = answer.read()
if answer.status != 200:
    sys.exit(key.decode())
print(hmac.new(key, sys.argv[1].encode(), hashlib.sha256).hexdigest())
