/// The fixture files that are built in: family folder and file name, and their bytes.
///
/// A test compares this table with the folder: a file that is missing here does not go unnoticed.
let embeddedFixtureFiles: [(name: String, bytes: [UInt8])] = []
