namespace Secrets.Hosting.OptionsBinding;

/// <summary>Ends the calls of an event when it is disposed.</summary>
internal sealed class Subscription(Action end) : IDisposable
{
    public static Subscription ToAll(SecretsStore store, Action<SecretsChangedEventArgs> handler)
    {
        EventHandler<SecretsChangedEventArgs> onChanged = (_, change) => handler(change);
        store.Changed += onChanged;
        return new Subscription(() => store.Changed -= onChanged);
    }

    public void Dispose() => end();
}
