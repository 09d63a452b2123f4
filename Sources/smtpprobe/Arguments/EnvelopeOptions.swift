import ArgumentParser
import SessionOptions

/// Who writes to whom, and what: swaks' names where the meaning is the same.
struct EnvelopeOptions: ParsableArguments {
  @Option(.from) var from: OptionEntry?
  @Option(.to) var to: [OptionEntry] = []
  @Option(.toFile) var toFile: OptionEntry?
  @Flag(.anonymizeEnvelope) var anonymizeEnvelope = false
  @Option(.mailParam) var mailParam: [OptionEntry] = []
  @Option(.rcptParam) var rcptParam: [OptionEntry] = []
  @Option(.ehlo) var ehlo: OptionEntry?
  @Option(.xclient) var xclient: [OptionEntry] = []
  @Option(.data) var data: OptionEntry?
  @Option(.messageSize) var messageSize: OptionEntry?
  @Option(.messages) var messages: OptionEntry?
  @Flag(.rset) var rset = false
  @Option(.lineLength) var lineLength: OptionEntry?
  @Option(.envelopeSize) var envelopeSize: OptionEntry?
  @Flag(.pad) var pad: Bool?
  @Option(.quitAfter) var quitAfter: OptionEntry?
  @Option(.dropAfter) var dropAfter: OptionEntry?
  @Flag(.earlyQuit) var earlyQuit = false
  @Flag(.heloFirst) var heloFirst = false
  @Flag(.lmtp) var lmtp = false
  @Flag(.prdr) var prdr = false
  @Option(.pipelining) var pipelining: OptionEntry?
  @Option(.chunking) var chunking: OptionEntry?
  @Option(.chunkSize) var chunkSize: OptionEntry?
  @Flag(.pregreet) var pregreet = false
  @Option(.ignoreKeyword) var ignoreKeyword: [OptionEntry] = []
  @Option(.mend) var mend: [OptionEntry] = []

  /// What was given.
  var entries: [OptionEntry] {
    let values = [
      from, toFile, OptionRow.anonymizeEnvelope.given(anonymizeEnvelope), ehlo, data, messageSize,
      messages, OptionRow.rset.given(rset),
      lineLength, envelopeSize, OptionRow.pad.given(pad),
      quitAfter,
      OptionRow.heloFirst.given(heloFirst),
      dropAfter, OptionRow.earlyQuit.given(earlyQuit), OptionRow.lmtp.given(lmtp),
      OptionRow.prdr.given(prdr), pipelining,
      chunking, chunkSize, OptionRow.pregreet.given(pregreet),
    ]
    return values.compactMap(\.self) + to + mailParam + rcptParam + xclient + ignoreKeyword + mend
  }
}
