/// Reads a document against a JSON Schema, by the distribution's Python, for which `Tests/run` installs
/// the validator; status 0 when it is valid, else the errors say why it is not.
package func validate(_ document: [UInt8], by schema: [UInt8]) async throws -> ChildProcess.Outcome
{
  // Files: the validator reads no standard input.
  let schemaFile = try Scratch(schema)
  let documentFile = try Scratch(document)
  return try await ChildProcess.run([
    "/usr/bin/python3", "-m", "jsonschema", "-i", documentFile.path, schemaFile.path,
  ])
}
