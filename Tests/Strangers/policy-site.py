"""A mail domain on loopback: its name server, its policy host and its exchangers.

Reads one JSON object from standard input and prints the ports of the three, a line each:

  {"txt": [...],                 records of _mta-sts.example.test
   "mx": [["mx.example.test", 10], ...],
   "web": {"certificate": PATH, "key": PATH, "pieces": [...], "gap": SECONDS, "end": "close|cut|stay"},
   "mail": {"certificate": PATH, "key": PATH, "starttls": true}}

Every name but those of "absent" is 127.0.0.1.
"""
import json
import socket
import ssl
import struct
import sys
import threading
import time

import parent

parent.end_with_it()
site = json.loads(sys.stdin.read())


def encoded(name):
    return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".") if part) + b"\0"


def records(name, kind):
    if kind == 16 and name == "_mta-sts.example.test":
        for text in site["txt"]:
            data = text.encode()
            yield b"".join(
                bytes([len(data[at : at + 40])]) + data[at : at + 40] for at in range(0, len(data), 40))
    if kind == 15 and name == "example.test":
        for host, preference in site["mx"]:
            yield struct.pack(">H", preference) + encoded(host)
    if kind == 1 and name not in site.get("absent", []):
        yield socket.inet_aton("127.0.0.1")


def answer(query):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode().lower())
        at += query[at] + 1
    kind = struct.unpack(">H", query[at + 1 : at + 3])[0]
    found = list(records(".".join(labels), kind))
    reply = query[:2] + b"\x84\x00" + struct.pack(">HHHH", 1, len(found), 0, 0) + query[12 : at + 5]
    for data in found:
        reply += b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data
    return reply


def serve_names(server):
    while True:
        query, peer = server.recvfrom(4096)
        server.sendto(answer(query), peer)


def context(role):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(site[role]["certificate"], site[role]["key"])
    return made


def serve_web(connection):
    web = site["web"]
    stream = context("web").wrap_socket(connection, server_side=True)
    heard = b""
    while not heard.endswith(b"\r\n\r\n"):
        more = stream.recv(4096)
        if not more:
            return
        heard += more
    print(heard.decode().replace("\r\n", "|"), file=sys.stderr, flush=True)
    for piece in web["pieces"]:
        time.sleep(web.get("gap", 0))
        stream.sendall(piece.encode())
    if web.get("end") == "stay":
        time.sleep(60)
    if web.get("end") != "cut":
        stream.unwrap()
    stream.close()


def serve_mail(connection):
    mail = site["mail"]
    stream = connection
    reader = stream.makefile("rb")
    stream.sendall(b"220 mx.example.test ESMTP\r\n")
    while True:
        line = reader.readline()
        word = line.strip().upper().split(b" ")[0].split(b":")[0]
        if not line:
            return
        if word == b"EHLO":
            offer = mail.get("starttls", True) and stream is connection
            stream.sendall(b"250-mx\r\n250 STARTTLS\r\n" if offer else b"250 mx\r\n")
        elif word == b"STARTTLS":
            stream.sendall(b"220 go\r\n")
            stream = context("mail").wrap_socket(connection, server_side=True)
            reader = stream.makefile("rb")
        elif word == b"DATA":
            stream.sendall(b"354 go\r\n")
        elif word == b"QUIT":
            stream.sendall(b"221 bye\r\n")
            return
        else:
            stream.sendall(b"250 ok\r\n")


def quietly(role, connection):
    try:
        role(connection)
    except OSError as error:
        print(f"{role.__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        connection.close()


def serve(role, listener):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=quietly, args=(role, connection), daemon=True).start()


names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
names.bind(("127.0.0.1", 0))
print(names.getsockname()[1], flush=True)
threading.Thread(target=serve_names, args=(names,), daemon=True).start()
for role in (serve_web, serve_mail):
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=serve, args=(role, listener), daemon=True).start()
threading.Event().wait()
