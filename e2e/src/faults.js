// Runs in the page, where axe is already: everything that it finds against WCAG 2.2 AA and its own advice.
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const options = {
  runOnly: tags,
  // axe leaves it out unless it is asked for.
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
};
return axe.run(document, options).then(({ violations }) =>
  violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any, all, none }) => {
      const reasons = [...any, ...all, ...none].map(({ message }) => message);
      return `${id}: ${html.slice(0, 300)}\n    ${help}: ${reasons.join("; ")}`;
    }),
  ),
);
