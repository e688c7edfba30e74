// Builds the lines from data with textContent only: nothing of a case is ever parsed as HTML.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".viewer")
  // The same lines again: a reader who scrolled stays where they are.
  const wanted = JSON.stringify(data)
  if (root.drawn === wanted) return
  root.drawn = wanted
  const rows = data.rows.map((row) => {
    const line = element("div", row.n === data.focus ? "line focus" : "line")
    if (row.ids.length) line.classList.add("cited")
    line.append(element("span", "number", String(row.n)))
    const ids = element("span", "ids")
    row.ids.slice(0, 2).forEach((id) => ids.append(element("b", "id", id)))
    line.append(ids)
    const text = element("span", "text")
    row.parts.forEach(([part, colour]) =>
      text.append(colour ? element("span", `tag ${colour}`, part) : document.createTextNode(part)))
    line.append(text)
    return line
  })
  root.replaceChildren(...rows)
  const focus = root.querySelector(".focus")
  root.scrollTop = focus ? focus.offsetTop - root.clientHeight / 3 : 0
}

function element(kind, name, text = "") {
  const made = document.createElement(kind)
  made.className = name
  made.textContent = text
  return made
}
