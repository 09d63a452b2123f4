import ArgumentParser
import SessionOptions

/// Who writes to whom, and what: swaks' names where the meaning is the same.
struct EnvelopeOptions: ParsableArguments {
  @Option(.from) var from: OptionEntry?
  @Option(.to) var to: [OptionEntry] = []
  @Flag(.anonymizeEnvelope) var anonymizeEnvelope = false
  @Option(.ehlo) var ehlo: OptionEntry?
  @Option(.data) var data: OptionEntry?
  @Option(.messageSize) var messageSize: OptionEntry?
  @Option(.lineLength) var lineLength: OptionEntry?
  @Option(.envelopeSize) var envelopeSize: OptionEntry?
  @Flag(.pad) var pad: Bool?
  @Option(.quitAfter) var quitAfter: OptionEntry?
  @Option(.dropAfter) var dropAfter: OptionEntry?
  @Flag(.earlyQuit) var earlyQuit = false
  @Flag(.lmtp) var lmtp = false
  @Option(.pipelining) var pipelining: OptionEntry?
  @Option(.chunking) var chunking: OptionEntry?
  @Option(.chunkSize) var chunkSize: OptionEntry?
  @Flag(.pregreet) var pregreet = false
  @Option(.ignoreKeyword) var ignoreKeyword: [OptionEntry] = []
  @Option(.mend) var mend: [OptionEntry] = []

  /// What was given.
  var entries: [OptionEntry] {
    let values = [
      from, ehlo, data, messageSize, lineLength, envelopeSize, OptionRow.pad.given(pad), quitAfter,
      dropAfter, OptionRow.earlyQuit.given(earlyQuit),
      OptionRow.anonymizeEnvelope.given(anonymizeEnvelope), OptionRow.lmtp.given(lmtp), pipelining,
      chunking, chunkSize, OptionRow.pregreet.given(pregreet),
    ]
    return values.compactMap(\.self) + to + ignoreKeyword + mend
  }
}
