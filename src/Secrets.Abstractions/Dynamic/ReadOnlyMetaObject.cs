using System.Dynamic;
using System.Linq.Expressions;

namespace Secrets.Dynamic;

/// <summary>Refuses every write.</summary>
internal abstract class ReadOnlyMetaObject<T>(Expression parameter, T value) : ReadingMetaObject<T>(parameter, value)
    where T : class
{
    public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value) => Refuse();

    public override DynamicMetaObject BindSetIndex(SetIndexBinder binder, DynamicMetaObject[] indexes, DynamicMetaObject value) => Refuse();

    public override DynamicMetaObject BindDeleteMember(DeleteMemberBinder binder) => Refuse();

    public override DynamicMetaObject BindDeleteIndex(DeleteIndexBinder binder, DynamicMetaObject[] indexes) => Refuse();

    private DynamicMetaObject Refuse() => Result(Call(Refused));

    private static object Refused() => throw new NotSupportedException("Secrets are read-only: change them where they are stored.");
}
