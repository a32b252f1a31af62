/** Who says so: the document that a default, or a rule, was read in. */
export const SourceLink = ({ source }: { source: { title: string; url: string } }) => (
  <a className="source link" href={source.url} target="_blank" rel="noopener noreferrer">
    {source.title}
  </a>
);
