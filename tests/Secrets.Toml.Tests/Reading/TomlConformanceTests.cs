using Secrets.Toml.Decoder;

namespace Secrets.Toml.Reading;

public class TomlConformanceTests
{
    public static TheoryData<string, TomlVersion> Lists => new()
    {
        { "files-toml-1.0.0", TomlVersion.Toml10 },
        { "files-toml-1.1.0", TomlVersion.Toml11 },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_valid_document_of_the_official_suite_reads_as_the_suite_says(string list, TomlVersion version)
    {
        List<string> documents = TomlSuite.Documents(list, "valid");
        List<string> failures = [];
        foreach (string document in documents)
        {
            try
            {
                using MemoryStream json = new();
                TaggedJson.Write(json, TomlReader.Read(TomlSuite.Read(document), new TomlReaderOptions { Version = version }));
                if (!TaggedJsonComparison.AreEqual(json.ToArray(), TomlSuite.Read(Path.ChangeExtension(document, ".json"))))
                {
                    failures.Add(document + ": other content");
                }
            }
            catch (SecretsFormatException e)
            {
                failures.Add($"{document}: {e.Message}");
            }
        }

        Assert.Empty(failures);
        Assert.True(documents.Count > 200);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_invalid_document_of_the_official_suite_is_an_error_with_a_position(string list, TomlVersion version)
    {
        List<string> documents = TomlSuite.Documents(list, "invalid");
        List<string> failures = [];
        foreach (string document in documents)
        {
            try
            {
                TomlReader.Read(TomlSuite.Read(document), new TomlReaderOptions { Version = version });
                failures.Add(document + ": was read");
            }
            catch (SecretsFormatException e) when (e is { Line: > 0, Column: > 0 })
            {
            }
        }

        Assert.Empty(failures);
        Assert.True(documents.Count > 400);
    }
}
