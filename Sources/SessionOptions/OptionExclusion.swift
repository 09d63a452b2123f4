/// Two options that cannot both be had, or not with these values.
package struct OptionExclusion: Sendable {
  package let one: OptionRow
  package let other: OptionRow
  /// The sentence that says so, with what to do.
  package let text: String
  /// Whether options have both.
  let holds: @Sendable (SessionOptions) -> Bool
  /// Whether giving both is wrong whatever their values.
  var isByName = false

  /// Every pair.
  package static let all: [OptionExclusion] = [
    OptionExclusion(
      one: .data, other: .messageSize,
      text: "--data and --message-size exclude each other: choose one message",
      holds: { $0.data != nil && $0.messageSize != nil }),
    OptionExclusion(
      one: .to, other: .toFile,
      text: "--to and --to-file exclude each other: put all recipients into the file",
      holds: { !$0.to.isEmpty && $0.toFile != nil }),
    OptionExclusion(
      one: .toFile, other: .data,
      text: "--to-file - and --data - cannot both read standard input: put one into a file",
      holds: { $0.toFile == "-" && $0.data == "-" }),
    OptionExclusion(
      one: .authPasswordFile, other: .toFile,
      text:
        "--auth-password-file - and --to-file - cannot both read standard input: put one into a file",
      holds: { $0.authPasswordFile == "-" && $0.toFile == "-" }),
    OptionExclusion(
      one: .tlsVerify, other: .tls,
      text: "--tls-verify needs TLS: leave --tls off out",
      holds: { $0.tlsVerify && $0.tls == .off }),
    OptionExclusion(
      one: .mtaSTS, other: .tls,
      text: "--mta-sts needs TLS: leave --tls off out",
      holds: { $0.mtaSTS && $0.tls == .off }),
    OptionExclusion(
      one: .mtaSTSPort, other: .mtaSTS,
      text: "--mta-sts-port says where the policy is: give --mta-sts too",
      holds: { $0.mtaSTSPort != nil && !$0.mtaSTS }),
    OptionExclusion(
      one: .tlsFingerprint, other: .tls,
      text: "--tls-fingerprint needs TLS: leave --tls off out",
      holds: { !$0.tlsFingerprint.isEmpty && $0.tls == .off }),
    OptionExclusion(
      one: .tlsCert, other: .tls,
      text: "--tls-cert needs TLS: leave --tls off out",
      holds: { $0.tlsCert != nil && $0.tls == .off }),
    OptionExclusion(
      one: .tlsKey, other: .tlsCert,
      text: "--tls-key is the key of a certificate: give --tls-cert too",
      holds: { $0.tlsKey != nil && $0.tlsCert == nil }),
    OptionExclusion(
      one: .tlsResume, other: .tls,
      text: "--tls-resume needs TLS: leave --tls off out",
      holds: { $0.tlsResume && $0.tls == .off }),
    OptionExclusion(
      one: .dane, other: .tls,
      text: "--dane needs TLS: leave --tls off out",
      holds: { $0.dane && $0.tls == .off }),
    OptionExclusion(
      one: .dane, other: .tlsVerify,
      text: "--dane takes TLSA records for proof, and --tls-verify trusted roots: choose one",
      holds: { $0.dane && $0.tlsVerify }),
    OptionExclusion(
      one: .dane, other: .tlsSNI,
      text: "--dane asks for the name that the records stand at: leave --tls-sni out",
      holds: { $0.dane && $0.tlsSNI != nil }),
    OptionExclusion(
      one: .trustAnchor, other: .dane,
      text: "--trust-anchor is for validating TLSA records: give --dane too",
      holds: { $0.trustAnchor != nil && !$0.dane }),
    OptionExclusion(
      one: .pipelining, other: .dane,
      text: "--pipelining early leaves no room for STARTTLS, which --dane may demand: choose one",
      holds: { $0.pipelining == .early && $0.dane && $0.tls != .implicit }),
    OptionExclusion(
      one: .clienthelloSize, other: .tls,
      text: "--clienthello-size needs TLS: leave --tls off out",
      holds: { $0.clienthelloSize != nil && $0.tls == .off }),
    OptionExclusion(
      one: .tlsRecordSize, other: .tls,
      text: "--tls-record-size needs TLS: leave --tls off out",
      holds: { $0.tlsRecordSize != nil && $0.tls == .off }),
    OptionExclusion(
      one: .authPasswordFile, other: .authPasswordFD,
      text:
        "--auth-password-file and --auth-password-fd exclude each other: the password stands in one place",
      holds: { $0.authPasswordFile != nil && $0.authPasswordFD != nil }),
    OptionExclusion(
      one: .authPasswordFile, other: .data,
      text:
        "--auth-password-file - and --data - cannot both read standard input: put the password into a file",
      holds: { $0.authPasswordFile == "-" && $0.data == "-" }),
    OptionExclusion(
      one: .splitDelay, other: .split,
      text: "--split-delay paces the pieces of --split: give --split too",
      holds: { $0.splitDelay != nil && $0.split == nil }),
    OptionExclusion(
      one: .quitAfter, other: .dropAfter,
      text: "--quit-after and --drop-after exclude each other: choose how to end",
      holds: { $0.quitAfter != nil && $0.dropAfter != nil }),
    OptionExclusion(
      one: .earlyQuit, other: .dropAfter,
      text: "--early-quit says QUIT, and --drop-after leaves without: choose one",
      holds: { $0.earlyQuit && $0.dropAfter != nil }),
    OptionExclusion(
      one: .halfClose, other: .dropAfter,
      text: "--half-close needs QUIT, and --drop-after leaves without: choose one",
      holds: { $0.halfClose && $0.dropAfter != nil }),
    OptionExclusion(
      one: .proxy, other: .fastOpen,
      text: "--proxy comes before all else, and the SYN of --fast-open data holds EHLO: choose one",
      holds: { $0.proxy != nil && $0.socket.fastOpen == .data }),
    OptionExclusion(
      one: .pipelining, other: .tls,
      text:
        "--pipelining early leaves no room for STARTTLS: give --tls off or --tls implicit",
      holds: {
        $0.pipelining == .early
          && ($0.tls == .require || $0.tls == .auto && $0.mtaSTS
            || $0.tls == .auto
              && ($0.tlsVerify || !$0.tlsFingerprint.isEmpty || $0.tlsCert != nil || $0.tlsResume))
      }),
    OptionExclusion(
      one: .pipelining, other: .auth,
      text: "--pipelining early leaves no room for AUTH: choose one",
      holds: { $0.pipelining == .early && $0.authChoice != nil }),
    OptionExclusion(
      one: .pipelining, other: .xclient,
      text: "--pipelining early leaves no room for XCLIENT: choose one",
      holds: { $0.pipelining == .early && !$0.xclient.isEmpty }),
    OptionExclusion(
      one: .pipelining, other: .quitAfter,
      text: "--pipelining early sends the envelope with EHLO: stop after mail or later",
      holds: { $0.pipelining == .early && $0.stop.map { $0.isBeforeEnvelope } == true }),
    OptionExclusion(
      one: .chunking, other: .lmtp,
      text: "--chunking early is for SMTP: by LMTP, --chunking auto awaits the replies to RCPT",
      holds: { $0.chunkingMode == .early && $0.lmtp }),
    OptionExclusion(
      one: .heloFirst, other: .lmtp,
      text: "LMTP has LHLO and no HELO: leave --helo-first or --lmtp out",
      holds: { $0.heloFirst && $0.lmtp }),
    OptionExclusion(
      one: .messages, other: .lmtp,
      text: "--messages is for SMTP: leave --lmtp out, or send one",
      holds: { $0.messages > 1 && $0.lmtp }),
    OptionExclusion(
      one: .messages, other: .quitAfter,
      text: "--messages stops after the last of them: leave --quit-after out, or send one",
      holds: { $0.messages > 1 && $0.stop.map { $0 != .dot } == true }),
    OptionExclusion(
      one: .rset, other: .messages,
      text: "--rset stands between several messages: give --messages too",
      holds: { $0.rset && $0.messages == 1 }),
    OptionExclusion(
      one: .ipv4, other: .ipv6, text: "-4 and -6 exclude each other", holds: { _ in false },
      isByName: true),
  ]
}

/// Options that exclude each other, with the sentence that says so.
package struct OptionConflict: Error, Sendable, CustomStringConvertible {
  package let description: String
}

extension SessionOptions {
  /// The options that were given, on their own.
  package init(_ entries: [OptionEntry]) throws(OptionConflict) {
    self.init()
    for entry in entries { entry.change(&self) }
    let given = Set(entries.map(\.row.name))
    for exclusion in OptionExclusion.all
    where exclusion.isByName && given.isSuperset(of: [exclusion.one.name, exclusion.other.name]) {
      throw OptionConflict(description: exclusion.text)
    }
    try check()
  }

  /// Whether these options can be had together.
  package func check() throws(OptionConflict) {
    // By place: to copy a pair, with the rows of two options, takes longer than to ask it.
    for index in OptionExclusion.all.indices where OptionExclusion.all[index].holds(self) {
      throw OptionConflict(description: OptionExclusion.all[index].text)
    }
  }

  /// Puts options that were given in the place of what there is, and of what they exclude: those.
  package mutating func replace(with entries: [OptionEntry]) throws(OptionConflict) -> [OptionRow] {
    _ = try SessionOptions(entries)
    let before = self
    change { options in
      for entry in entries { entry.row.reset(&options) }
      for entry in entries { entry.change(&options) }
    }
    try check()
    let given = Set(entries.map(\.row.name))
    // Those that exclude each other by name are values of the same thing.
    let pairs = OptionExclusion.all.filter { !$0.isByName }
    var seen: Set<String> = []
    return pairs.flatMap { [$0.one, $0.other] }.filter { row in
      seen.insert(row.name).inserted && !given.contains(row.name)
        && row.record(before) != row.record(self)
    }
  }

  /// Makes a change, and takes back what excludes it: of two options that exclude each other, the one
  /// that the change is about stays.
  package mutating func change<Failure: Error>(
    _ change: (inout SessionOptions) throws(Failure) -> Void
  ) throws(Failure) {
    let before = self
    try change(&self)
    for exclusion in OptionExclusion.all where exclusion.holds(self) {
      let isAboutOne = exclusion.one.record(before) != exclusion.one.record(self)
      let isAboutOther = exclusion.other.record(before) != exclusion.other.record(self)
      if isAboutOne != isAboutOther {
        (isAboutOne ? exclusion.other : exclusion.one).reset(&self)
      }
    }
  }
}
