/// The reference of the fixture language, Markdown: so that whoever has the binary alone can write one.
package let languageReference: [UInt8] = PackageResources.FixtureLanguage_md
