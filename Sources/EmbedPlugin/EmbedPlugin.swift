import FoundationEssentials
import PackagePlugin

/// Builds every file below a target's folder `Embedded` into the target, as `embeddedFiles`.
///
/// No list is kept: a file that is added there is in the next build. What a file has to be stands in
/// the tool's own words (`Sources/embed`).
@main
struct EmbedPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "Embedded").resolvingSymlinksInPath()
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "corpus" } }
      .map { folder.appending(path: $0) }
      .filter { !$0.hasDirectoryPath }
    return [
      .buildCommand(
        displayName: "Embedding \(folder.lastPathComponent) in \(target.name)",
        executable: try context.tool(named: "embed").url,
        arguments: [output.path, folder.path],
        inputFiles: files, outputFiles: [output])
    ]
  }
}
