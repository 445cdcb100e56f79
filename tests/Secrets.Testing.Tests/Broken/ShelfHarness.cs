namespace Secrets.Testing.Tests.Broken;

internal sealed class ShelfHarness : SourceHarness
{
    private readonly Shelf _shelf = new();
    private readonly Func<Shelf, ISecretsSource> _create;

    public ShelfHarness(Func<Shelf, ISecretsSource> create)
    {
        _create = create;
        if (create(new Shelf()) is ISecretsLookup)
        {
            Lacks(SourceAbility.EqualKeys, "a lookup answers for one path at a time");
        }
    }

    public override int? Calls => _shelf.Calls;

    public override ISecretsSource CreateSource() => _create(_shelf);

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _shelf.Store(secrets);
        return ValueTask.CompletedTask;
    }

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        _shelf.Break(fault, secret);
        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => "shelf:" + path;
}
