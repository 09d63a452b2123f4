import ArgumentParser
import SessionOptions

/// Whether and how the session is encrypted.
struct TLSOptions: ParsableArguments {
  @Option(.tls) var tls: OptionEntry?
  @Flag(.tlsVerify) var tlsVerify = false
  @Option(.tlsPriority) var tlsPriority: OptionEntry?
  @Option(.tlsSNI) var tlsSNI: OptionEntry?
  @Option(.tlsCAPath) var tlsCAPath: OptionEntry?
  @Option(.clienthelloSize) var clienthelloSize: OptionEntry?
  @Option(.tlsRecordSize) var tlsRecordSize: OptionEntry?

  /// What was given.
  var entries: [OptionEntry] {
    let values = [
      tls, OptionRow.tlsVerify.given(tlsVerify), tlsPriority, tlsSNI, tlsCAPath, clienthelloSize,
      tlsRecordSize,
    ]
    return values.compactMap(\.self)
  }
}
