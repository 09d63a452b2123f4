import ArgumentParser
import SessionOptions

/// Whether and how the session is encrypted.
struct TLSOptions: ParsableArguments {
  @Option(.tls) var tls: OptionEntry?
  @Flag(.tlsVerify) var tlsVerify = false
  @Flag(.mtaSTS) var mtaSTS = false
  @Option(.mtaSTSPort) var mtaSTSPort: OptionEntry?
  @Option(.tlsPriority) var tlsPriority: OptionEntry?
  @Option(.tlsSNI) var tlsSNI: OptionEntry?
  @Option(.tlsCAPath) var tlsCAPath: OptionEntry?
  @Option(.tlsCert) var tlsCert: OptionEntry?
  @Option(.tlsKey) var tlsKey: OptionEntry?
  @Option(.tlsFingerprint) var tlsFingerprint: [OptionEntry] = []
  @Flag(.tlsResume) var tlsResume = false
  @Flag(.dane) var dane = false
  @Option(.trustAnchor) var trustAnchor: OptionEntry?
  @Option(.clienthelloSize) var clienthelloSize: OptionEntry?
  @Option(.tlsRecordSize) var tlsRecordSize: OptionEntry?

  /// What was given.
  var entries: [OptionEntry] {
    let values = [
      tls, OptionRow.tlsVerify.given(tlsVerify), tlsPriority, tlsSNI, tlsCAPath, tlsCert, tlsKey,
      OptionRow.tlsResume.given(tlsResume), OptionRow.dane.given(dane), trustAnchor,
      OptionRow.mtaSTS.given(mtaSTS), mtaSTSPort, clienthelloSize, tlsRecordSize,
    ]
    return values.compactMap(\.self) + tlsFingerprint
  }
}
