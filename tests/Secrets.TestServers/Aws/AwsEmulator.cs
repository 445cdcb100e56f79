namespace Secrets.TestServers.Aws;

/// <summary>Whose mistakes a server makes besides AWS's own behaviour, as captured from these programs.</summary>
public enum AwsEmulator
{
    /// <summary>None: the server follows the API references.</summary>
    None,

    /// <summary>
    /// Fails a whole batch for one secret without a value, and a whole group for one reference to a missing secret; gives parameters by version, without selectors, and references under
    /// the secret's name.
    /// </summary>
    Moto,

    /// <summary>As moto, built on it; but gives a reference its name and no version, each parameter once, and nothing decrypted that is asked for together with a reference.</summary>
    LocalStack,

    /// <summary>Gives a secret without a value as one with no text and no bytes, lists what has the prefix anywhere, takes more than ten names, and knows no references.</summary>
    MiniStack,

    /// <summary>
    /// Leaves a secret without a value out of a batch, hides one that is marked for deletion there, compares prefixes without regard to case, gives parameters without selectors, and
    /// knows no references.
    /// </summary>
    Roto,
}
