using System.Dynamic;
using System.Linq.Expressions;

namespace Secrets.Dynamic;

/// <summary>Attribute access to plain values: a key beats a member of the dictionary, and a call always means the method.</summary>
internal sealed class RevealedSectionMetaObject(Expression parameter, RevealedSection section) : ReadingMetaObject<RevealedSection>(parameter, section)
{
    public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value) =>
        Result(Call(Set, Self, Expression.Constant(binder.Name), Expression.Convert(value.Expression, typeof(object))));

    public override IEnumerable<string> GetDynamicMemberNames() => ((RevealedSection)Value!).Keys;

    protected override Expression Has(string name) => Call(ContainsKey, Self, Expression.Constant(name));

    protected override Expression Get(string name) => Call(GetValue, Self, Expression.Constant(name));

    private static bool ContainsKey(RevealedSection section, string name) => section.ContainsKey(name);

    private static object? GetValue(RevealedSection section, string name) => section.TryGetValue(name, out object? value)
        ? value
        : throw new SecretNotFoundException($"{name} was not found among the revealed secrets.", [name]);

    private static object? Set(RevealedSection section, string name, object? value) => section[name] = value;
}
