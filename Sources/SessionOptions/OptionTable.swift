/// All options of a session, a row each: the order is that in which a comparison tells of them and in
/// which a command has them, what bears on a delivery most in front.
package enum OptionTable {
  package static let all: [OptionRow] =
    [
      .split, .splitDelay, .splitStage, .pipelining, .envelopeSize, .pad, .pregreet, .proxy, .lmtp,
      .prdr, .xclient,
      .earlyQuit, .halfClose,
    ] + OptionRow.ofSockets + [
      .tls, .clienthelloSize, .tlsRecordSize, .messageSize, .messages, .rset, .lineLength, .data,
      .mend, .chunking, .chunkSize, .ignoreKeyword, .quitAfter, .dropAfter, .from, .to, .toFile,
      .anonymizeEnvelope, .mailParam, .rcptParam, .ehlo, .heloFirst, .ipv4, .ipv6, .server, .port,
      .resolver,
      .tlsVerify, .dane, .trustAnchor, .mtaSTS, .mtaSTSPort,
      .tlsPriority, .tlsSNI, .tlsCAPath, .tlsCert, .tlsKey, .tlsFingerprint, .tlsResume,
      .auth, .authOptional, .authUser, .authPasswordFile, .authPasswordFD, .timeout,
      .connectTimeout,
      .totalTimeout, .nudge, .hops, .fault, .expect, .format, .output, .capture, .redact, .quiet,
      .verbose,
      .style, .width, .silent, .plan, .all, .asMTA, .seed, .yes, .noConfig,
    ]

  /// Names of the options that a report has, in the order of the table.
  package static let keys = all.compactMap(\.key)

  /// What one types to begin an option, without a value, and the option.
  static let bySpelling: [String: OptionRow] = Dictionary(
    all.flatMap { row in row.spellings.map { ($0, row) } }, uniquingKeysWith: { first, _ in first })
}
