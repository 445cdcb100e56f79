using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Primitives;

namespace Secrets.Hosting.Configuration;

/// <summary>
/// A configuration as a source of a chain. <b>Name</b> <c>configuration</c>. <b>Keys</b> colons separate the keys of a path; <c>0</c>, <c>1</c>, … are an array.
/// <b>Location</b> the configuration key. <b>Refresh</b> signalled by the configuration's reload token. <b>Errors</b> those of the providers. <b>Permissions</b> none.
/// </summary>
internal sealed class ChainConfigurationSource(IConfiguration configuration) : ISecretsChangeSignal
{
    public string Name => "configuration";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Taken before the values, so that a change in between is signalled.
        IChangeToken token = configuration.GetReloadToken();
        SecretEntry[] entries = ConfigurationCycle.Read(() => Entries(request).ToArray());
        return ValueTask.FromResult(new SecretsBatch(entries) { State = new Seen(token) });
    }

    public async Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (loaded?.State is not Seen { Token: { HasChanged: false } token })
        {
            return;
        }

        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable registration = token.RegisterChangeCallback(state => ((TaskCompletionSource)state!).TrySetResult(), changed);
        await changed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<SecretEntry> Entries(SecretsRequest request) =>
        from child in configuration.GetChildren()
        where !IsVariableOfTheSystem(child)
        let value = ValueOf(child, request)
        where value is not null
        select new SecretEntry(new SecretPath(child.Key), value);

    /// <returns><see langword="null"/> where neither the section nor anything below it has a value.</returns>
    private static SecretValue? ValueOf(IConfigurationSection section, SecretsRequest request)
    {
        SecretOrigin origin = request.Origin(section.Path);
        IConfigurationSection[] children = [.. section.GetChildren()];
        KeyValuePair<string, SecretValue>[] values =
        [
            .. from child in children
               let value = ValueOf(child, request)
               where value is not null
               select KeyValuePair.Create(child.Key, value),
        ];
        return values.Length == 0 ? section.Value is { } text ? SecretValue.FromText(text, origin) : null
            : ConfigurationArray.IsArray(children) ? SecretValue.FromArray(values.Select(v => v.Value), origin)
            : SecretValue.FromSection(values, origin);
    }

    // PATH, HOME and their like are no secrets: variables answer through AddEnvironment, and override here what another provider has.
    private bool IsVariableOfTheSystem(IConfigurationSection child) =>
        configuration is IConfigurationRoot root
        && !child.GetChildren().Any()
        && root.Providers.All(p => p is EnvironmentVariablesConfigurationProvider || !p.TryGet(child.Path, out _));

    private sealed class Seen(IChangeToken token)
    {
        internal IChangeToken Token { get; } = token;
    }
}
