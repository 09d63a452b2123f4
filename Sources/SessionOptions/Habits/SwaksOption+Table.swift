/// swaks 20201014, `swaks(1)`.
extension SwaksOption {
  package static let all: [SwaksOption] = [
    routing, session, security, identity, proxies, [header], content, transcript,
  ].flatMap(\.self)

  private static let routing: [SwaksOption] = [
    SwaksOption(["socket"], argument: .required, .target("unix:")),
    SwaksOption(["copy-routing"], argument: .required, .target("mx:")),
    SwaksOption(["li"], argument: .required, .option(.localAddress)),
    SwaksOption(["lp", "lport"], argument: .required, .option(.localPort)),
    SwaksOption(
      ["pipe"],
      .instead(
        "smtpprobe speaks through sockets: socat UNIX-LISTEN:/tmp/s EXEC:COMMAND, and TARGET unix:/tmp/s"
      )),
  ]

  private static let session: [SwaksOption] = [
    SwaksOption(["h", "lhlo"], argument: .required, .option(.ehlo)),
    SwaksOption(
      ["protocol"], argument: .required,
      .read(
        "`--lmtp`, `--tls require` (S at the end), `--tls implicit` (S in front), `--auth` (A), as the name says; `--helo-first` for SMTP; not SMTPS, which has no STARTTLS to be told of",
        { (value) throws(OptionWordError) in try protocolWords(value ?? "") })),
    SwaksOption(["pipeline"], .words(["--pipelining", "auto"])),
    SwaksOption(["quit"], argument: .required, .option(.quitAfter)),
    SwaksOption(["da", "drop"], argument: .required, .option(.dropAfter)),
    SwaksOption(
      ["das", "drop-after-send"],
      .instead(
        "smtpprobe leaves after a reply, not before it: --drop-after names the last reply to wait for"
      )
    ),
    SwaksOption(
      ["force-getpwuid"],
      .instead("the sender is the null one unless --from names another: say --from ADDRESS")),
  ]

  private static let security: [SwaksOption] = [
    SwaksOption(["tls"], .words(["--tls", "require"])).meant { next in
      next == nil || next?.hasPrefix("-") == true
    },
    SwaksOption(["tlsos", "tls-optional-strict"], .words(["--tls", "auto"])),
    SwaksOption(["tlsc", "tls-on-connect"], .words(["--tls", "implicit"])),
    SwaksOption(
      ["tlso", "tls-optional"],
      .instead(
        "use --tls auto (the default): STARTTLS where it is offered; a handshake that fails ends the session"
      )),
    SwaksOption(
      ["tlsp", "tls-protocol"], argument: .required,
      .read(
        "`--tls-priority`, with the same versions in GnuTLS's words",
        { (value) throws(OptionWordError) in
          ["--tls-priority", try priority(ofVersions: value ?? "")]
        })),
    SwaksOption(
      ["tls-cipher"],
      .instead(
        "ciphers have GnuTLS's names here: --tls-priority NORMAL:-CIPHER-ALL:+AES-256-GCM")),
    SwaksOption(
      ["tls-get-peer-cert"],
      .instead(
        "the report tells of the server's certificate, and JSON has all of it: -o session.json")
    ),
  ]

  private static let identity: [SwaksOption] = [
    SwaksOption(
      ["a"], argument: .optional(isMechanism),
      .read("`--auth [MECHANISMS]`", { value in ["--auth"] + (value.map { [$0] } ?? []) })),
    SwaksOption(
      ["ao", "auth-optional"], argument: .optional(isMechanism),
      .read(
        "`--auth-optional`, and `--auth MECHANISMS` beside it where there are any",
        { value in ["--auth-optional"] + (value.map { ["--auth", $0] } ?? []) })
    ).meant { $0.map(isMechanism) == true },
    SwaksOption(
      ["aos", "auth-optional-strict"],
      .instead(
        "use --auth, which fails where AUTH cannot be had, or --auth-optional, which goes on")),
    SwaksOption(["au"], argument: .required, .option(.authUser)),
    SwaksOption(
      ["ap", "auth-password"], argument: .optional({ _ in true }),
      .read(
        "without a value nothing: the password is asked for; else `--auth-password-file FILE`, `--auth-password-fd N` or `SMTPPROBE_AUTH_PASSWORD`",
        { (value) throws(OptionWordError) in
          guard value == nil else {
            throw OptionWordError(
              "others can read a command line: use --auth-password-file FILE, --auth-password-fd N or"
                + " SMTPPROBE_AUTH_PASSWORD; without any of them it is asked for")
          }
          return []
        })),
    SwaksOption(
      ["apt", "auth-plaintext"], .instead("no report shows what AUTH says: leave it out")),
    SwaksOption(["ahp", "auth-hide-password"], .always("no report shows a password")),
    SwaksOption(["pp", "protect-prompt"], .always("a password is never shown as it is typed")),
    SwaksOption(
      ["ae", "auth-extra", "am", "auth-map"],
      .instead("mechanisms have their registered names and take nothing more: --auth SCRAM-SHA-256")
    ),
  ]

  private static let proxies: [SwaksOption] =
    [
      SwaksOption(
        ["proxy"], argument: .required,
        .read(
          "`TCP4 SOURCE DESTINATION PORT PORT` is `--proxy v1=SOURCE:PORT,DESTINATION:PORT`, `UNKNOWN` is `--proxy v1=unknown`",
          { value in ["--proxy", proxyValue(value ?? "")] })
      ).meant { next in next.map { proxyValue($0) != $0 } == true },
      SwaksOption(
        [
          "proxy-version", "proxy-family", "proxy-command", "proxy-protocol", "proxy-source",
          "proxy-source-port", "proxy-dest", "proxy-dest-port",
        ],
        .instead("one option says all of it: --proxy v2=192.0.2.7:4711,192.0.2.1:25")),
      SwaksOption(
        ["xclient-reverse-name"],
        .instead("attributes of XCLIENT are those of Postfix: --xclient NAME=host.example.org")),
      SwaksOption(
        ["xclient-delim", "xclient-before-starttls"],
        .instead(
          "smtpprobe says XCLIENT in one line, behind the last EHLO: --xclient ADDR=192.0.2.7")),
      SwaksOption(
        ["xclient-optional", "xclient-optional-strict", "xclient-no-verify"],
        .instead(
          "--xclient is said whether it is offered or not, and the report tells: leave it out")),
    ] + ["name", "addr", "port", "proto", "destaddr", "destport", "helo", "login"].map(xclient)

  /// `--xclient-addr 192.0.2.7` is `--xclient ADDR=192.0.2.7`.
  private static func xclient(_ attribute: String) -> SwaksOption {
    let name = attribute.uppercased()
    return SwaksOption(
      ["xclient-" + attribute], argument: .required,
      .read(
        "`--xclient \(name)=` with the value",
        { (value) throws(OptionWordError) in ["--xclient", "\(name)=\(value ?? "")"] }))
  }

  /// Also `--h-Subject`, `--header-Subject`.
  static let header = SwaksOption(["header"], .instead(letSwaksMakeIt))

  private static let content: [SwaksOption] = [
    SwaksOption(["g"], .words(["--data", "-"])),
    SwaksOption(
      ["d", "data"], argument: .required,
      .read(
        "`@FILE` is `--data FILE --mend line_ends`, and `-` the same; words that are the message themselves: `printf … | smtpprobe TARGET --data -`",
        { (value) throws(OptionWordError) in try dataWords(value ?? "") })
    ).meant { next in
      next?.hasPrefix("@") == true || next?.contains("\n") == true || next?.contains("\\n") == true
    },
    SwaksOption(["body", "ah", "add-header"], .instead(letSwaksMakeIt)),
    SwaksOption(
      ["attach", "attach-body", "attach-name", "attach-type"],
      .instead(letSwaksMakeIt)),
    SwaksOption(["dab", "dump-as-body"], .instead(letSwaksMakeIt)),
    SwaksOption(["dabsp", "dump-as-body-shows-password"], .instead(letSwaksMakeIt)),
    SwaksOption(["dump-mail"], .instead("smtpprobe sends files as they are: look at the file")),
    SwaksOption(
      ["ndf", "no-data-fixup"],
      .instead("a file goes as it is by --data FILE, without @ and without this")),
    SwaksOption(["nsf", "no-strip-from"], .always("a file goes as it is")),
  ]

  private static let transcript: [SwaksOption] = [
    SwaksOption(["n", "suppress-data"], .always("a report has sizes and not the message")),
    SwaksOption(["stl", "show-time-lapse"], .always("times are always told")),
    SwaksOption(
      ["S", "silent"], argument: .optional({ ["1", "2", "3"].contains($0) }), .words(["--silent"])
    ).meant { next in next.map { ["1", "2", "3"].contains($0) } == true },
    SwaksOption(["ha", "hide-all"], .words(["--silent"])),
    SwaksOption(
      [
        "hr", "hide-receive", "hs", "hide-send", "hi", "hide-informational", "nth", "no-hints",
        "nsh", "no-send-hints", "nrh", "no-receive-hints", "nih", "no-info-hints",
      ],
      .instead("a report is whole: --format json has each part by its name, --silent shows none")),
    SwaksOption(
      ["raw", "show-raw-text"],
      .instead("a report spells bytes out: -o session.pcapng has them as they were")),
    SwaksOption(["output-file"], argument: .required, .option(.output)),
    SwaksOption(
      ["output-file-stdout", "output-file-stderr"],
      .instead("use -o FILE for the report, and the shell's 2> for errors")),
    SwaksOption(
      ["dump"], argument: .optional({ $0.allSatisfy { $0 == "," || $0.isUppercase } }),
      .words(["--plan"])),
    SwaksOption(["support"], .instead("use smtpprobe --version -v")),
    SwaksOption(
      ["config"],
      .instead(
        "use SMTPPROBE_CONFIG=FILE, or --no-config for none (smtpprobe manual configuration)")),
  ]

  private static let letSwaksMakeIt =
    "smtpprobe sends files as they are; let swaks write one: swaks OPTIONS --dump-mail | smtpprobe TARGET"
    + " --data - --mend line_ends"
}

extension SwaksOption {
  /// Whether a word is a list of mechanisms and no TARGET.
  private static func isMechanism(_ word: String) -> Bool {
    (try? SASLChoice(option: word)) != nil || word.hasPrefix("CRAM-") || word.hasPrefix("DIGEST-")
      || word == "NTLM"
  }

  /// What a name of `--protocol` stands for: the core, TLS and AUTH.
  private static func protocolWords(_ name: String) throws(OptionWordError) -> [String] {
    switch name.uppercased() {
    case "ESMTP": []
    case "ESMTPA": ["--auth"]
    case "ESMTPS": ["--tls", "require"]
    case "ESMTPSA": ["--tls", "require", "--auth"]
    case "SSMTP": ["--tls", "implicit"]
    case "SSMTPA": ["--tls", "implicit", "--auth"]
    case "LMTP": ["--lmtp"]
    case "LMTPA": ["--lmtp", "--auth"]
    case "LMTPS": ["--lmtp", "--tls", "require"]
    case "LMTPSA": ["--lmtp", "--tls", "require", "--auth"]
    case "SMTP": ["--helo-first"]
    case "SMTPS":
      throw OptionWordError("behind HELO nobody offers STARTTLS: give ESMTPS, or SSMTP")
    default:
      throw OptionWordError(
        "give one of SMTP, ESMTP, ESMTPA, ESMTPS, ESMTPSA, SSMTP, SSMTPA, LMTP, LMTPA, LMTPS, LMTPSA"
      )
    }
  }

  /// `tlsv1_2,tlsv1_3`, or `no_tlsv1`, as a priority string of GnuTLS, which has no SSL before 3.
  private static func priority(ofVersions list: String) throws(OptionWordError) -> String {
    let names = [
      "sslv3": "VERS-SSL3.0", "tlsv1": "VERS-TLS1.0", "tlsv1_1": "VERS-TLS1.1",
      "tlsv1_2": "VERS-TLS1.2", "tlsv1_3": "VERS-TLS1.3",
    ]
    let words = list.lowercased().split(separator: ",").map(String.init)
    let isDenied = words.allSatisfy { $0.hasPrefix("no_") }
    var parts: [String] = []
    for word in words.map({ isDenied ? String($0.dropFirst(3)) : $0 }) where word != "sslv2" {
      guard let name = names[word] else {
        throw OptionWordError(
          "give some of \(names.keys.sorted().joined(separator: ",")), or no_… of them")
      }
      parts.append((isDenied ? "-" : "+") + name)
    }
    return (["NORMAL"] + (isDenied ? [] : ["-VERS-ALL"]) + parts).joined(separator: ":")
  }

  /// What swaks puts behind `PROXY `; a value of smtpprobe's own stays.
  private static func proxyValue(_ text: String) -> String {
    let words = text.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("UNKNOWN", _): return "v1=unknown"
    case ("TCP4", 5): return "v1=\(words[1]):\(words[3]),\(words[2]):\(words[4])"
    case ("TCP6", 5): return "v1=[\(words[1])]:\(words[3]),[\(words[2])]:\(words[4])"
    default: return text
    }
  }

  private static func dataWords(_ text: String) throws(OptionWordError) -> [String] {
    if text.hasPrefix("@"), !text.hasPrefix("@@") {
      return ["--data", String(text.dropFirst()), "--mend", "line_ends"]
    }
    guard !text.contains("\n"), !text.contains("\\n") else {
      throw OptionWordError(
        "smtpprobe takes a message from a file, or from standard input: printf '…' | smtpprobe TARGET"
          + " --data -")
    }
    return ["--data", text]
  }
}
