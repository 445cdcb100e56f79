using System.Dynamic;
using System.Linq.Expressions;

namespace Secrets.Dynamic;

/// <summary>
/// The rules of attribute access: a secret beats a real member, a real member beats absence, and absence is the library's own exception.
/// They are decided at each read, since a call site serves many objects and a live one changes.
/// </summary>
internal abstract class ReadingMetaObject<T>(Expression parameter, T value)
    : DynamicMetaObject(parameter, BindingRestrictions.GetTypeRestriction(parameter, value.GetType()), value)
    where T : class
{
    protected Expression Self => Expression.Convert(Expression, typeof(T));

    public override DynamicMetaObject BindGetMember(GetMemberBinder binder)
    {
        DynamicMetaObject otherwise = binder.FallbackGetMember(this, Result(Get(binder.Name)));
        return Result(Expression.Condition(
            Has(binder.Name),
            Expression.Convert(Get(binder.Name), typeof(object)),
            Expression.Convert(otherwise.Expression, typeof(object)),
            typeof(object)));
    }

    protected abstract Expression Has(string name);

    /// <summary>Gives the expression that reads a member, or throws where there is none.</summary>
    protected abstract Expression Get(string name);

    protected static Expression Call(Delegate method, params Expression[] arguments) => Expression.Call(method.Method, arguments);

    protected DynamicMetaObject Result(Expression expression) => new(Expression.Convert(expression, typeof(object)), Restrictions);
}
