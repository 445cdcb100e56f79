using Secrets.Remote.Credentials;

namespace Secrets.Vault;

/// <summary>What a login may use besides its own parameters: calls of the server, and the variables and files of the program.</summary>
internal sealed class VaultLoginContext(VaultHttp http)
{
    // The longest tokens, JWTs with many claims, have a few kilobytes.
    private const int MaxBytes = 64 * 1024;

    public VaultHttp Http { get; } = http;

    private VaultSurroundings Surroundings => Http.Options.Surroundings;

    /// <summary>Gives the token that the command lines would use, or <see langword="null"/> where the agent of <c>_AGENT_ADDR</c> adds one.</summary>
    /// <exception cref="VaultLoginException">There is none.</exception>
    public async Task<string?> FindTokenAsync(CancellationToken cancellationToken)
    {
        if (Surroundings.Find("TOKEN") is { } variable)
        {
            return variable.Value;
        }

        string? file = Surroundings.TokenFile;
        return file is not null && File.Exists(file) ? await ReadAsync(file, cancellationToken).ConfigureAwait(false)
            : Http.Options.IsAgent ? null
            : throw new VaultLoginException("there is no login", "set BAO_TOKEN or VAULT_TOKEN, log in with `vault login`, or give a VaultLogin.");
    }

    /// <summary>Reads a file that holds one token, without white space around it.</summary>
    /// <exception cref="VaultLoginException">It cannot be read, or is larger than 64 KiB.</exception>
    public async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string file = path;
        try
        {
            file = Surroundings.FullPath(path);
            using FileStream stream = File.OpenRead(file);
            byte[] content = new byte[MaxBytes + 1];
            int length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (length > MaxBytes)
            {
                throw new VaultLoginException(FormattableString.Invariant($"the file {CredentialFile.Shown(file)} is larger than {MaxBytes} bytes, and so no token"), "give the file that holds the token alone.");
            }

            return System.Text.Encoding.UTF8.GetString(content, 0, length).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            bool mayBeContent = CredentialFile.MayBeContent(path);
            throw new VaultLoginException(
                $"the file {CredentialFile.Shown(mayBeContent ? path : file)} cannot be read ({failure.GetType().Name})",
                mayBeContent ? CredentialFile.Advice : "create it, or let this program read it.");
        }
    }
}
