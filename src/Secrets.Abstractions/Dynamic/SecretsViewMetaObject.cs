using System.Linq.Expressions;

namespace Secrets.Dynamic;

/// <summary>Attribute access to a view.</summary>
internal sealed class SecretsViewMetaObject(Expression parameter, SecretsView view) : ReadOnlyMetaObject<SecretsView>(parameter, view)
{
    public override IEnumerable<string> GetDynamicMemberNames() => ((SecretsView)Value!).Keys;

    protected override Expression Has(string name) => Call(Contains, Self, Expression.Constant(name));

    protected override Expression Get(string name) => Call(Read, Self, Expression.Constant(name));

    private static bool Contains(SecretsView view, string name) => view.ContainsKey(name);

    private static SecretValue Read(SecretsView view, string name) => view[name];
}
