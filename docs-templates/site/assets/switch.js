// The list of integrations in the sidebar, filtered while one types.

let box;

async function make(button) {
  const root = new URL(button.dataset.root, location);
  const integrations = await (await fetch(new URL('integrations/index.json', root))).json();
  box = document.createElement('div');
  box.className = 'switch';
  box.id = 'switch';
  const input = document.createElement('input');
  input.type = 'search';
  input.autocomplete = 'off';
  input.placeholder = 'Switch to…';
  input.setAttribute('aria-label', 'Filter integrations');
  const list = document.createElement('ul');
  const items = integrations.map(([title, href]) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = new URL(href, root);
    link.textContent = title;
    item.append(link);
    return item;
  });
  list.append(...items);
  const filter = () => {
    const words = input.value.trim().toLowerCase();
    items.forEach((item) => { item.hidden = !item.textContent.toLowerCase().includes(words); });
  };
  input.addEventListener('input', filter);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      hide(button);
      button.focus();
    } else if (event.key === 'Enter' && event.target === input) {
      items.find((item) => !item.hidden)?.firstElementChild.click();
    }
  });
  box.append(input, list);
  button.parentElement.after(box);
}

function hide(button) {
  box.hidden = true;
  button.setAttribute('aria-expanded', 'false');
}

export async function toggle(button) {
  if (box && !box.hidden) {
    hide(button);
    return;
  }
  if (!box) await make(button);
  box.hidden = false;
  button.setAttribute('aria-expanded', 'true');
  box.querySelector('input').focus();
}
