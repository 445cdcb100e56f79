namespace Secrets;

/// <summary>What becomes of a section that several sources, or several files, have.</summary>
public enum SectionMerge
{
    /// <summary>The keys of all of them are united, and the winner is decided for each leaf.</summary>
    Unite = 0,

    /// <summary>The winner's section replaces the others whole, as in Streamlit.</summary>
    Replace,
}
