using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Conformance;

/// <summary>A source of files whose loads file modes bind, whoever runs the tests, while a test says so: root reads everything else.</summary>
internal class BoundSource : ISecretsSource
{
    private readonly ISecretsSource _source;
    private readonly Func<bool> _isBound;

    private BoundSource(ISecretsSource source, Func<bool> isBound) => (_source, _isBound) = (source, isBound);

    public string Name => _source.Name;

    public static ISecretsSource Of(ISecretsSource source, Func<bool> isBound) =>
        source is ISecretsChangeSignal signal ? new Signalling(signal, isBound) : new BoundSource(source, isBound);

    // Files are read on the calling thread, so that the load has ended where the binding ends.
    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) =>
        _isBound() ? Unix.Bound(() => _source.LoadAsync(request, cancellationToken)) : _source.LoadAsync(request, cancellationToken);

    private sealed class Signalling(ISecretsChangeSignal source, Func<bool> isBound) : BoundSource(source, isBound), ISecretsChangeSignal
    {
        public TimeSpan SettleTime => source.SettleTime;

        public Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken) =>
            source.WaitForChangeAsync(loaded, timeProvider, cancellationToken);
    }
}
