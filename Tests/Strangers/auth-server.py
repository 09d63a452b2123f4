"""An SMTP server that checks who its clients say that they are: auth-server.py [CERTIFICATE KEY]

It listens on a free port of 127.0.0.1 and prints it. The user is alice, the password "correct horse", the token
"a-token". SCRAM is by RFC 5802 and 7677, channel binding by RFC 5929 (tls-unique, so TLS 1.2), CRAM-MD5 by
RFC 2195, OAUTHBEARER by RFC 7628. With a certificate STARTTLS is offered.
"""
import base64
import hashlib
import hmac
import os
import socket
import ssl
import sys
import threading

import parent

USER, PASSWORD, TOKEN = "alice", "correct horse", "a-token"
MECHANISMS = "SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN OAUTHBEARER XOAUTH2"


class Refused(Exception):
    pass


class Session:
    def __init__(self, connection, context):
        self.context = context
        self.use(connection)

    def use(self, connection):
        self.connection = connection
        self.file = connection.makefile("rb")

    @property
    def secured(self):
        return isinstance(self.connection, ssl.SSLSocket)

    def say(self, line):
        self.connection.sendall(line.encode() + b"\r\n")

    def line(self):
        line = self.file.readline(20000)
        if not line:
            raise EOFError
        return line.rstrip(b"\r\n").decode()

    def ask(self, challenge=b""):
        self.say("334 " + base64.b64encode(challenge).decode())
        line = self.line()
        if line == "*":
            raise Refused("501 5.7.0 cancelled")
        return base64.b64decode(line, validate=True)

    def serve(self):
        self.say("220 auth.example ESMTP")
        while True:
            line = self.line()
            verb = line.split(" ")[0].upper()
            if verb == "EHLO":
                plus = " SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS" if self.secured else ""
                lines = ["auth.example", "PIPELINING", "AUTH " + MECHANISMS + plus]
                if self.context and not self.secured:
                    lines.append("STARTTLS")
                for text in lines[:-1]:
                    self.say("250-" + text)
                self.say("250 " + lines[-1])
            elif verb == "STARTTLS":
                self.say("220 go")
                self.use(self.context.wrap_socket(self.connection, server_side=True))
            elif verb == "AUTH":
                try:
                    words = line.split(" ")
                    if len(line) + 2 > 512:
                        raise Refused("500 5.5.6 line too long")
                    self.authenticate(words[1].upper(), words[2] if len(words) > 2 else None)
                    self.say("235 2.7.0 welcome")
                except Refused as refusal:
                    self.say(str(refusal))
            elif verb == "DATA":
                self.say("354 go")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def authenticate(self, mechanism, initial):
        def first():
            if initial is None:
                return self.ask()
            return b"" if initial == "=" else base64.b64decode(initial, validate=True)

        def need(truth):
            if not truth:
                raise Refused("535 5.7.8 no")

        if mechanism == "PLAIN":
            if b"echo" in (said := first()):
                # A server that repeats what it is told in confidence.
                password = said.split(b"\0")[2].decode()
                coded = base64.b64encode(said).decode()
                raise Refused(f"535 5.7.8 {password} is wrong, or {coded}, in {initial}")
            need(said == f"\0{USER}\0{PASSWORD}".encode())
        elif mechanism == "LOGIN":
            need(self.ask(b"Username:").decode() == USER)
            need(self.ask(b"Password:").decode() == PASSWORD)
        elif mechanism == "CRAM-MD5":
            challenge = b"<1.2@auth.example>"
            digest = hmac.new(PASSWORD.encode(), challenge, "md5").hexdigest()
            need(self.ask(challenge).decode() == f"{USER} {digest}")
        elif mechanism in ("OAUTHBEARER", "XOAUTH2"):
            if f"auth=Bearer {TOKEN}\1" not in first().decode():
                answer = self.ask(b'{"status":"invalid_token"}')
                need(answer == (b"\1" if mechanism == "OAUTHBEARER" else b""))
                need(False)
        elif mechanism.startswith("SCRAM-"):
            self.scram(mechanism, first(), need)
        else:
            raise Refused("504 5.5.4 unknown")

    def scram(self, mechanism, message, need):
        digest = "sha256" if "256" in mechanism else "sha1"

        def mac(key, text):
            return hmac.new(key, text, digest).digest()

        message = message.decode()
        flag, authzid, bare = message.split(",", 2)
        binding = b""
        if mechanism.endswith("-PLUS"):
            need(flag == "p=tls-unique")
            binding = self.connection.get_channel_binding("tls-unique")
        else:
            need(flag in ("n", "y"))
        fields = dict(field.split("=", 1) for field in bare.split(","))
        need(fields["n"] == USER)
        nonce, salt, rounds = fields["r"] + base64.b64encode(os.urandom(9)).decode(), os.urandom(12), 4096
        server_first = f"r={nonce},s={base64.b64encode(salt).decode()},i={rounds}"
        final = self.ask(server_first.encode()).decode()
        without_proof, proof = final.rsplit(",p=", 1)
        fields = dict(field.split("=", 1) for field in without_proof.split(","))
        need(fields["r"] == nonce)
        need(base64.b64decode(fields["c"]) == f"{flag},{authzid},".encode() + binding)
        salted = hashlib.pbkdf2_hmac(digest, PASSWORD.encode(), salt, rounds)
        key = mac(salted, b"Client Key")
        signed = f"{bare},{server_first},{without_proof}".encode()
        signature = mac(hashlib.new(digest, key).digest(), signed)
        need(base64.b64decode(proof) == bytes(a ^ b for a, b in zip(key, signature)))
        verifier = base64.b64encode(mac(mac(salted, b"Server Key"), signed)).decode()
        need(self.ask(f"v={verifier}".encode()) == b"")


def serve(connection, context):
    with connection:
        try:
            Session(connection, context).serve()
        except (EOFError, OSError, ValueError):
            pass


def main():
    parent.end_with_it()
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, context), daemon=True).start()


main()
