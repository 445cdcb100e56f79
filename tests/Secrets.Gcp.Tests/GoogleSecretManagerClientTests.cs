namespace Secrets.Gcp.Tests;

public sealed class GoogleSecretManagerClientTests
{
    // The vendor's library keeps a search that failed for the life of the process, so that it cannot be made twice in one.
    [Theory]
    [InlineData("/nope.json", "there are no usable credentials in /nope.json, which GOOGLE_APPLICATION_CREDENTIALS names")]
    [InlineData(
        """{"type":"service_account","private_key":"not-a-real-key"}""",
        "there are no usable credentials in ***, which GOOGLE_APPLICATION_CREDENTIALS names; it names a file, and does not hold what stands in it")]
    [InlineData("", "no credentials were found (gcloud's file, the metadata server)")]
    [InlineData(null, "no credentials were found (gcloud's file, the metadata server)")]
    public void Missing_credentials_are_told_with_the_file_that_was_named(string? file, string expected) => Assert.Equal(expected, GoogleSecretManagerClient.NoneFound(file));
}
