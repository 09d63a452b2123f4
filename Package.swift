// swift-tools-version: 6.2
import Glibc
import PackageDescription

/// One set of rules for every Swift target: Swift 6 mode, memory safety spelled out, no warning left standing.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// How the shipping build is linked: symbols are for nobody to look up, and the relocations of a position-independent
/// program are packed (`DT_RELR`), where the C library can unpack them. Both are read and mended at each start. So is
/// the C++ library that the Swift runtime needs, which is linked in where its archive is here. What sessions run stands
/// together, as `.packaging/order` found it: the kernel maps 64 KiB round whatever runs.
let shipping: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld", "-Xlinker", "--no-export-dynamic"]
      + [
        "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/.packaging/order.txt",
        "-Xlinker", "--no-warn-symbol-ordering",
      ]
      + (hasPackedRelocations ? ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"] : [])
      + (hasArchiveOfCxx ? ["-L", Context.packageDirectory + "/.packaging/static"] : []),
    .when(platforms: [.linux], configuration: .release))
]

/// Where GCC keeps `libstdc++.a`; some distributions have it in a package of its own.
var hasArchiveOfCxx: Bool {
  var found = glob_t()
  defer { globfree(&found) }
  return glob("/usr/lib/gcc/*/*/libstdc++.a", 0, nil, &found) == 0
}

/// Since `glibc 2.36`, as confstr(3) has it.
var hasPackedRelocations: Bool {
  var text = [CChar](repeating: 0, count: 64)
  guard confstr(CInt(_CS_GNU_LIBC_VERSION), &text, text.count) > 0 else { return false }
  let name = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let words = name.split { $0 == " " || $0 == "." }
  return words.count > 2 && words[1] == "2" && (Int(words[2]) ?? 0) >= 36
}

let package = Package(
  name: "smtpprobe",
  products: [.executable(name: "smtpprobe", targets: ["smtpprobe"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // Pure: no I/O, no clock, no randomness; they import nothing but each other.

    // What happened in a session and when: the one currency between the effectful and the pure half.
    .target(name: "SessionTrace", swiftSettings: strict),
    // Every option of a session as a typed value, and the one table of them.
    .target(name: "SessionOptions", dependencies: ["SessionTrace"], swiftSettings: strict),
    // SMTP as values and one client state machine.
    .target(
      name: "SMTPDialogue", dependencies: ["SessionOptions", "SessionTrace"],
      swiftSettings: strict),
    // MTA-STS: TXT records, policies, and the answers of web servers that bring them, as values.
    .target(name: "StrictTransport", dependencies: ["SessionTrace"], swiftSettings: strict),
    // Trace to verdict: status, stage, custody, hazards, and the words for them.
    .target(
      name: "Diagnosis", dependencies: ["SMTPDialogue", "SessionOptions", "SessionTrace"],
      swiftSettings: strict),
    // Verdict and trace to bytes: text, Markdown, JSON. Never prints.
    .target(
      name: "Reporting", dependencies: ["Diagnosis", "SMTPDialogue", "SessionTrace"],
      resources: [.embedInCode("Schema")], swiftSettings: strict),

    // The manual's pages, which the executable prints.
    .target(
      name: "Manual", exclude: ["Embedded"], swiftSettings: strict, plugins: ["EmbedPlugin"]),

    // Effects.

    // The kernel facts that the Swift importer cannot see.
    .target(name: "CLinuxSocket", linkerSettings: [.linkedLibrary("resolv")]),
    // DNSSEC; libunbound is loaded when it is asked for.
    .target(name: "CUnbound", linkerSettings: [.linkedLibrary("dl")]),
    // Raw sockets, options, timestamps, the epoll loop: every descriptor lives here.
    .target(
      name: "Wire",
      dependencies: ["CIDN2", "CLinuxSocket", "CUnbound", "SessionOptions", "SessionTrace"],
      swiftSettings: strict),
    // Names in Unicode; libidn2, which GnuTLS stands on, is loaded when it is asked for.
    .target(name: "CIDN2", linkerSettings: [.linkedLibrary("dl")]),
    // GnuTLS, which is loaded when it is asked for, and the constants Swift cannot import.
    .target(name: "CGnuTLS", linkerSettings: [.linkedLibrary("dl")]),
    // GnuTLS over memory: ciphertext in, flights out; knows no socket.
    .target(
      name: "TLSEngine", dependencies: ["CGnuTLS", "SessionTrace"], swiftSettings: strict),
    // The client's half of SASL; GNU SASL is loaded when it is asked for.
    .target(name: "CSASL", linkerSettings: [.linkedLibrary("dl")]),
    // Who we say that we are: credentials, mechanisms, challenge and response.
    .target(
      name: "Authentication", dependencies: ["CSASL", "SessionOptions"], swiftSettings: strict),
    // Joins dialogue, TLS and wire on one event loop: plans in, traces out.
    .target(
      name: "Probe",
      dependencies: [
        "Authentication", "SMTPDialogue", "SessionOptions", "SessionTrace", "StrictTransport",
        "Wire", "TLSEngine",
      ],
      swiftSettings: strict),
    // From what a user asks for to one session or many, on any network, and to their report.
    .target(
      name: "Campaigns",
      dependencies: [
        "Authentication", "Diagnosis", "Lab", "Probe", "Reporting", "SMTPDialogue",
        "SessionOptions", "SessionTrace", "TLSEngine", "Wire",
      ],
      swiftSettings: strict),
    // Plays a fixture on loopback. Never imports SMTPDialogue: a server must be able to lie.
    .target(
      name: "Lab", dependencies: ["SessionOptions", "SessionTrace", "Wire", "TLSEngine"],
      exclude: ["Embedded"], swiftSettings: strict, plugins: ["EmbedPlugin"]),

    // Plays every run of every fixture against the probe and compares: `lab check`.
    .target(
      name: "LabCheck",
      dependencies: ["Diagnosis", "Lab", "Probe", "Reporting", "SessionTrace", "Wire"],
      swiftSettings: strict),

    // Arguments to plan to trace to verdict to report.
    .executableTarget(
      name: "smtpprobe",
      dependencies: [
        "Authentication", "Campaigns", "Diagnosis", "Lab", "LabCheck", "Manual", "Probe",
        "Reporting", "SMTPDialogue",
        "SessionOptions", "SessionTrace", "TLSEngine", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict, linkerSettings: shipping),

    // Builds the files of a target's folder `Embedded` into it.
    .plugin(
      name: "EmbedPlugin", capability: .buildTool(), dependencies: ["embed"],
      path: "Sources/EmbedPlugin"),
    .executableTarget(name: "embed", swiftSettings: strict),

    // Tests: one folder a target, and what they share.

    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: strict),
    .testTarget(
      name: "SessionTraceTests", dependencies: ["SessionTrace"], swiftSettings: strict),
    .testTarget(
      name: "SessionOptionsTests", dependencies: ["SessionOptions", "SessionTrace"],
      swiftSettings: strict),
    .testTarget(
      name: "SMTPDialogueTests",
      dependencies: ["SMTPDialogue", "SessionOptions", "SessionTrace", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "StrictTransportTests", dependencies: ["StrictTransport", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DiagnosisTests",
      dependencies: ["Diagnosis", "SessionOptions", "SessionTrace", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Diagnosis", "Reporting", "SMTPDialogue", "SessionTrace", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "WireTests",
      dependencies: ["CLinuxSocket", "SessionOptions", "SessionTrace", "TestSupport", "Wire"],
      swiftSettings: strict),
    .testTarget(
      name: "AuthenticationTests", dependencies: ["Authentication", "SessionOptions"],
      swiftSettings: strict),
    .testTarget(
      name: "TLSEngineTests",
      dependencies: ["CGnuTLS", "SessionTrace", "TLSEngine", "TestSupport"],
      swiftSettings: strict),
    // TCP, a path and a server on a virtual clock: the other network that sessions run on.
    .target(
      name: "Simulation",
      dependencies: ["Probe", "SessionOptions", "SessionTrace", "TLSEngine", "Wire"],
      path: "Tests/Simulation", swiftSettings: strict),
    .testTarget(
      name: "ProbeTests",
      dependencies: [
        "Authentication", "Diagnosis", "Probe", "Reporting", "SMTPDialogue", "SessionOptions",
        "SessionTrace", "Simulation", "StrictTransport", "TLSEngine", "TestSupport", "Wire",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CampaignsTests",
      dependencies: [
        "Campaigns", "Diagnosis", "Probe", "Reporting", "SMTPDialogue", "SessionOptions",
        "SessionTrace", "Simulation", "TestSupport", "Wire",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LabTests",
      dependencies: ["Lab", "SessionOptions", "SessionTrace", "TLSEngine", "TestSupport", "Wire"],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Campaigns", "Diagnosis", "Lab", "LabCheck", "Manual", "Probe", "Reporting", "SMTPDialogue",
        "SessionOptions", "SessionTrace", "TLSEngine", "TestSupport", "smtpprobe",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Confusion.md"],
      swiftSettings: strict),
    .testTarget(
      name: "LabCheckTests",
      dependencies: ["Diagnosis", "Lab", "LabCheck", "Reporting", "SessionTrace", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: strict),
    // Against mail software of other people, which Tests/run starts.
    .testTarget(
      name: "StrangerTests", dependencies: ["TestSupport", "smtpprobe"], swiftSettings: strict),
  ]
)

// Fuzz targets, for Tests/Fuzzing/run alone: libFuzzer is a part of the toolchain that nothing else needs.
if let libFuzzer = Context.environment["SMTPPROBE_LIBFUZZER"] {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzzing/LibFuzzer"),
    .executableTarget(
      name: "fuzzing",
      dependencies: [
        "CLibFuzzer", "CLinuxSocket", "Campaigns", "Diagnosis", "Lab", "Probe", "Reporting",
        "SMTPDialogue", "SessionOptions", "SessionTrace", "StrictTransport", "TLSEngine",
      ],
      path: "Tests/Fuzzing/Targets", swiftSettings: strict,
      linkerSettings: [.unsafeFlags([libFuzzer, "-lstdc++"])]),
  ]
}
