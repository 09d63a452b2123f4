"""deliver.py BINARY < ROWS - let Postfix, Exim, swaks and smtpprobe each deliver a message to a fixture of the lab.

A row is "FIXTURE MODE SIZE": MODE is clear (TLS where it is offered), tls (never without), verified (and only with
a certificate that is in order) or chunked (Exim and smtpprobe send BDAT where it is offered; the other two cannot, and
send DATA), entered (only swaks and smtpprobe, inside the network of the fixture) or prdr (only they, with two recipients
and PRDR), SIZE the message's bytes. Each gets a line of JSON: what the two wrote into their logs about the delivery, the exit status of swaks, and the report. SMTPPROBE_STRANGERS says where the servers are (see serve).

Each of the four has a server of its own, so that none meets what another left behind. What differs from one run to the
next is written as N: sizes, ports and numbers of bytes.
"""

import concurrent.futures
import json
import os
import re
import smtplib
import subprocess
import sys
import tempfile
import time

binary = sys.argv[1]
strangers = dict(pair.split("=", 1) for pair in os.environ["SMTPPROBE_STRANGERS"].split())
SENDER, PATIENCE, AT_ONCE = "a@client.test", 5, 16
WITHOUT_BDAT = {"chunked": "clear", "entered": "clear"}
OPTIONS_OF_SWAKS = {"clear": ["--tls-optional"], "tls": ["--tls"], "verified": ["--tls", "--tls-verify"],
                    "prdr": ["--tls-optional", "--prdr"]}
MODE_OF_PROBE = {"clear": ["--tls", "auto"], "tls": ["--tls", "require"],
                 "verified": ["--tls", "require", "--tls-verify"], "chunked": ["--tls", "auto", "--chunking", "early"],
                 "prdr": ["--tls", "auto", "--prdr"]}
# Where the server of every network listens, over IPv4.
ENTERED = "198.51.100.2"


def lines(size: int) -> list[str]:
    return ["x" * 70] * (size // 72)


def recipient(mode: str, port: str) -> str:
    return f"b@{mode}.p{port}.lab"


def recipients(mode: str, port: str) -> str:
    return ",".join([recipient(mode, port)] + ([f"c@{mode}.p{port}.lab"] if mode == "prdr" else []))


def normal(text: str) -> str:
    text = re.sub(r"b@\w+\.p\d+\.lab", "b@lab", text)
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:N", text)
    text = re.sub(r"\b(?:\d+|\.\.\.) bytes", "N bytes", text)
    return re.sub(r"(SIZE=|message size )\d+", r"\1N", text)


def submit(server: str, mode: str, port: str, size: int) -> str:
    """Hands a message over for delivery; the number that the server gave it."""
    host, server_port = strangers[server].split(":")
    with smtplib.SMTP(host, int(server_port), timeout=120) as session:
        session.ehlo("client.test")
        session.mail(SENDER)
        session.rcpt(recipient(mode, port))
        text = "\r\n".join([f"From: {SENDER}", "To: b@lab", "Subject: test", "", *lines(size), ""])
        reply = session.data(text)[1].decode()
    return re.search(r"(?:queued as |id=)(\S+)", reply)[1]


def logged(server: str, number: str, is_last: re.Pattern) -> list[str]:
    """What stands behind the number in the log, once a line says what became of the delivery."""
    deadline = time.monotonic() + 60
    while True:
        with open(strangers[f"{server}-log"], errors="replace") as log:
            found = [line.split(number, 1)[1].lstrip(": ").rstrip("\n") for line in log if number in line]
        if any(is_last.search(line) for line in found) or time.monotonic() > deadline:
            return [normal(line) for line in found]
        time.sleep(0.2)


def postfix(mode: str, port: str, size: int) -> list[str]:
    mode = WITHOUT_BDAT.get(mode, mode)
    found = logged("postfix", submit("postfix", mode, port, size), re.compile("status="))
    return [line[line.index("status="):] for line in found if "status=" in line]


def exim(mode: str, port: str, size: int) -> list[str]:
    found = logged("exim", submit("exim", mode, port, size), re.compile(r"^(=>|==|\*\*)"))
    # The recipient's own line has the same in it, behind what Exim knows of the address.
    return found + [line[line.index("H="):] for line in found if line[:2] in ("==", "**") and "H=" in line]


def swaks(mode: str, port: str, size: int, host: str = "127.0.0.1", inside: list[str] = []) -> int | None:
    mode = WITHOUT_BDAT.get(mode, mode)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as body:
        body.write("\n".join(lines(size)))
        body.flush()
        try:
            return subprocess.run(
                [*inside, "swaks", "--server", host, "--port", port, "--helo", "smtp.test", "--from", SENDER,
                 "--to", recipients(mode, port), "--timeout", str(PATIENCE), "--pipeline", "--body", "@" + body.name,
                 *OPTIONS_OF_SWAKS[mode]],
                stdin=subprocess.DEVNULL, capture_output=True, timeout=6 * PATIENCE).returncode
        except subprocess.TimeoutExpired:
            return None


def probe(mode: str, port: str, size: int, host: str = "127.0.0.1", inside: list[str] = []) -> dict:
    mode = "clear" if mode == "entered" else mode
    run = subprocess.run(
        [*inside, binary, f"{host}:{port}", "--ehlo", "smtp.test", "--from", SENDER, "--to", recipients(mode, port),
         "--message-size", str(size), "--timeout", f"{PATIENCE}s", "--format", "json", *MODE_OF_PROBE[mode]],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    report = json.loads(run.stdout)
    phrases = {key: normal(value) if isinstance(value, str) else value for key, value in report["phrases"].items()}
    return {"verdict": report["verdict"], "hazards": report["hazards"], "phrases": phrases}


def entered(fixture: str, size: int) -> dict:
    """Each in a network of its own; the servers of the others live outside."""
    inside = [binary, "lab", "enter", fixture]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        sent = pool.submit(swaks, "entered", "25", size, ENTERED, inside)
        report = pool.submit(probe, "entered", "25", size, ENTERED, inside)
        return {"fixture": fixture, "mode": "entered", "postfix": None, "exim": None, "swaks": sent.result(),
                "report": report.result()}


def row(fixture: str, mode: str, size: int) -> dict:
    if mode == "entered":
        return entered(fixture, size)
    senders = [swaks, probe] if mode == "prdr" else [postfix, exim, swaks, probe]
    server = subprocess.Popen(
        [binary, "lab", "serve", *[fixture] * len(senders), "--port", "0", "--no-log"],
        stdout=subprocess.PIPE, text=True)
    try:
        heard = iter(server.stdout.readline, "")
        ports = []
        for line in heard:
            if line.startswith("listening "):
                ports.append(line.split()[1].rsplit(":", 1)[1])
            if len(ports) == len(senders):
                break
        with concurrent.futures.ThreadPoolExecutor() as pool:
            deliveries = [pool.submit(send, mode, port, size) for send, port in zip(senders, ports, strict=True)]
            results = [delivery.result() for delivery in deliveries]
    finally:
        server.terminate()
        server.wait()
    logs = results[:-2] or [None, None]
    return {"fixture": fixture, "mode": mode, "postfix": logs[0], "exim": logs[1], "swaks": results[-2],
            "report": results[-1]}


rows = [line.split() for line in sys.stdin if line.strip()]
with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
    for result in pool.map(lambda words: row(words[0], words[1], int(words[2])), rows):
        print(json.dumps(result), flush=True)
