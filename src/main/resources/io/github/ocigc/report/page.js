'use strict';
// The element "data" has, as JSON:
//   folder, kind, at       where, what and when
//   usage                  what the command du says with --json, but for the references
//   references             [name or null, repository or null, digest, created or null, bytes, unique bytes]
//   blobs                  [digest, bytes, role, kind, repository, images, [image...]], the largest ones; kind is own, shared, orphan or other;
//                          repository and images are numbers: the only repository that uses it or -1, how many images use it; the list ends at 1000
//   rest                   [kind, repository or -1, image or -1, blobs, bytes]: what is too small to be listed
//   repositories           for each a reference that is in it
//   sharing                [[label, bytes]...]
//   samples                [[milliseconds, bytes, roots, action]...]
//   free                   [[bytes, what, command]...]
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const get = id => document.getElementById(id);

  function size(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
    let unit = 0;
    let value = bytes;
    while (value >= 999.95 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return (unit === 0 ? String(bytes) : value.toFixed(1)) + ' ' + units[unit];
  }

  function count(number, noun) {
    return number.toLocaleString('en') + ' ' + noun + (number === 1 ? '' : 's');
  }

  /** Everything that comes from the store gets here as text, never as markup. */
  function element(name, text, ...children) {
    const made = document.createElement(name);
    if (text !== null) {
      made.textContent = text;
    }
    made.append(...children);
    return made;
  }

  function button(text, act) {
    const made = element('button', text);
    made.type = 'button';
    made.addEventListener('click', act);
    return made;
  }

  const shortDigest = digest => digest.slice(0, digest.indexOf(':') + 13);
  const nameOf = image => image[0] === null ? '<untagged> ' + shortDigest(image[2]) : image[0];
  /** What is left of a name below its repository. */
  const tagOf = image => image[0] !== null && image[1] !== null && image[0].length > image[1].length
    ? image[0].slice(image[1].length) : nameOf(image);
  const repositoryName = image => image[0] === null ? '(untagged)' : image[1] === null ? '(tags alone)' : image[1];

  // ---- numbers

  const usage = data.usage;
  get('what').textContent = data.folder + ' (' + data.kind + '), as of ' + new Date(data.at).toLocaleString();
  document.title = 'Where the space goes: ' + data.folder;
  for (const [label, bytes, more, id] of [
    ['on disk together', usage.store_allocated_bytes, 'with ' + count(usage.other_files, 'other file'), 'sum-disk'],
    ['all blobs', usage.bytes, count(usage.blobs, 'blob'), 'sum-blobs'],
    ['of one reference alone', usage.unique_bytes, count(data.references.length, 'reference'), 'sum-unique'],
    ['shared by two or more', usage.shared_bytes, '', 'sum-shared'],
    ['held by nothing', usage.orphan_bytes, count(usage.orphan_blobs, 'blob'), 'sum-orphan'],
  ]) {
    const number = element('b', size(bytes));
    number.id = id;
    number.dataset.bytes = bytes;
    get('sums').append(element('div', null, number, element('span', label), element('br', null), element('small', more)));
  }

  // ---- the map

  const group = (name, kind) => ({name, kind, bytes: 0, children: []});
  const store = group('the store', 'group');
  const repositories = new Map();
  const images = new Map();

  function child(parent, keys, key, make) {
    let found = keys.get(key);
    if (!found) {
      found = make();
      keys.set(key, found);
      parent.children.push(found);
    }
    return found;
  }
  const repositoryNode = number => child(store, repositories, number,
      () => group(repositoryName(data.references[data.repositories[number]]), 'group'));
  const imageNode = (repository, number) => child(repositoryNode(repository), images, number,
      () => Object.assign(group(nameOf(data.references[number]), 'group'), {image: number, label: tagOf(data.references[number])}));
  const apart = new Map();
  const apartNode = (parent, key, name, kind) => child(parent, apart, key, () => group(name, kind));

  function place(kind, repository, image) {
    if (kind === 'own') {
      return imageNode(repository, image);
    } else if (kind === 'shared') {
      return repository < 0
        ? apartNode(store, 'shared', 'shared by repositories', 'shared')
        : apartNode(repositoryNode(repository), 'shared' + repository, 'shared by images', 'shared');
    }
    return apartNode(store, kind, kind === 'orphan' ? 'held by nothing' : 'of transfers, or about to go', kind);
  }

  for (const [digest, bytes, role, kind, repository, number, holders] of data.blobs) {
    place(kind, repository, holders.length > 0 ? holders[0] : -1).children
        .push({name: shortDigest(digest), kind, bytes, digest, role, number, holders});
  }
  for (const [kind, repository, image, blobs, bytes] of data.rest) {
    place(kind, repository, image).children.push({name: count(blobs, 'small blob'), kind, bytes, small: blobs});
  }
  (function sum(node) {
    if (node.children) {
      node.bytes = node.children.reduce((all, each) => all + sum(each), 0);
      node.children.forEach(each => { each.parent = node; });
    }
    return node.bytes;
  })(store);

  let focus = store;
  let chosen = null;
  const GENERATIONS = 3;
  const SMALLEST_AREA = 9;

  function pruned(node, generations) {
    return {
      node,
      bytes: node.children && generations > 0 ? 0 : node.bytes,
      children: node.children && generations > 0 ? node.children.map(each => pruned(each, generations - 1)) : null,
    };
  }

  function draw() {
    const box = get('map');
    const width = box.clientWidth;
    const height = box.clientHeight;
    const area = each => (each.x1 - each.x0) * (each.y1 - each.y0);
    const tight = each => each.depth > 0 && (each.x1 - each.x0 < 24 || each.y1 - each.y0 < 26);
    const root = d3.treemap().size([width, height]).paddingOuter(2).paddingInner(1)
        .paddingTop(each => each.depth === 0 ? 2 : 18).round(true)(
            d3.hierarchy(pruned(focus, GENERATIONS), each => each.children)
                .sum(each => each.bytes).sort((a, b) => b.value - a.value));
    const shown = root.descendants().filter(each => each.depth > 0 && area(each) >= SMALLEST_AREA
        && !each.ancestors().slice(1).some(tight));
    const kind = each => each.data.node.kind === 'group' && tight(each) ? 'own' : each.data.node.kind;
    const svg = d3.create('svg').attr('viewBox', [0, 0, width, height].join(' '))
        .attr('role', 'group').attr('aria-label', 'Map of ' + focus.name);
    const tiles = svg.selectAll('g').data(shown).join('g')
        .attr('class', each => kind(each) + (each.data.node === chosen ? ' chosen' : ''))
        .attr('transform', each => 'translate(' + each.x0 + ',' + each.y0 + ')');
    tiles.filter(each => each.depth === 1 || !tight(each))
        .attr('tabindex', each => each.depth === 1 ? 0 : null)
        .attr('role', 'button')
        .attr('aria-label', each => each.data.node.name + ', ' + size(each.value));
    const under = event => d3.select(event.target.closest('g')).datum();
    svg.on('pointerover', event => {
      const tile = event.target.closest('g');
      if (tile && !tile.querySelector(':scope > title')) {
        const node = under(event).data.node;
        d3.select(tile).insert('title', 'rect').text(node.name + '\n' + size(node.bytes)
            + (node.number > 1 ? '\nshared by ' + count(node.number, 'image') : ''));
      }
    }).on('click', event => {
      if (event.target.closest('g')) {
        open(under(event).data.node);
      }
    }).on('keydown', event => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        open(under(event).data.node);
      }
    });
    tiles.append('rect').attr('width', each => each.x1 - each.x0).attr('height', each => each.y1 - each.y0);
    tiles.filter(each => each.x1 - each.x0 > 46 && each.y1 - each.y0 > 16).append('text')
        .attr('x', 4).attr('y', 13)
        .text(each => {
          const label = (each.data.node.number > 1 ? '×' + each.data.node.number + ' ' : '') + (each.data.node.label || each.data.node.name) + '  ' + size(each.value);
          const room = Math.floor((each.x1 - each.x0 - 8) / 6.6);
          return label.length <= room ? label : label.slice(0, Math.max(0, room - 1)) + '…';
        });
    box.replaceChildren(shown.length > 0 ? svg.node() : element('p', 'There are no blobs.'));
    const path = [];
    for (let node = focus; node; node = node.parent) {
      path.unshift(node);
    }
    get('path').replaceChildren(...path.flatMap((node, i) => [
      i > 0 ? ' › ' : '',
      node === focus ? element('span', node.name + ', ' + size(node.bytes)) : button(node.name, () => open(node))]));
  }

  function open(node) {
    if (node.children) {
      focus = node;
      chosen = null;
      get('details').replaceChildren(...(node === store ? [] : describe(node)));
    } else {
      chosen = node;
      get('details').replaceChildren(...describe(node));
    }
    draw();
  }

  function describe(node) {
    const lines = [element('h3', node.name), element('p', size(node.bytes))];
    if (node.digest) {
      lines.push(element('p', null, element('code', node.digest)));
      if (node.role) {
        lines.push(element('p', 'Held as ' + node.role + '.'));
      }
      lines.push(element('p', node.number === 0
        ? (node.kind === 'orphan' ? 'Nothing holds it; see prune below.' : 'No reference holds it: a transfer does, or it is about to go.')
        : 'Held by ' + count(node.number, 'image') + (node.number > node.holders.length ? ', the first of them:' : ':')));
      const holders = element('ul', null);
      holders.append(...node.holders.map(number => element('li', null,
          button(nameOf(data.references[number]), () => search(nameOf(data.references[number]))))));
      lines.push(holders, element('p', 'Why it is here:'), element('code', 'ocigc-ledger why ' + node.digest));
    } else if (node.small) {
      lines.push(element('p', 'Each is smaller than what is drawn.'));
    } else if (node.image !== undefined) {
      const line = references[node.image];
      lines.push(
          element('p', 'All that it uses: ' + size(line.total) + '; its own: ' + size(line.unique) + '.'),
          button('Show it in the table', () => search(nameOf(data.references[node.image]))));
    }
    return lines;
  }

  const references = data.references.map((image, number) => ({
    number,
    name: nameOf(image),
    total: image[4],
    unique: image[5],
    shared: image[4] - image[5],
    created: image[3] === null ? '' : image[3].slice(0, 10),
    digest: shortDigest(image[2]),
  }));

  const smallest = data.blobs.length > 0 ? data.blobs[data.blobs.length - 1][1] : 0;
  get('small').textContent = data.rest.length > 0
    ? 'Blobs of less than ' + size(smallest) + ' are drawn together, an area for each image.' : '';
  draw();
  new ResizeObserver(draw).observe(get('map'));

  // ---- charts

  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const charts = [];

  function chart(id, config) {
    config.options = Object.assign({responsive: true, maintainAspectRatio: false, animation: false}, config.options);
    config.options.plugins = Object.assign({legend: {display: false}}, config.options.plugins);
    const axis = more => Object.assign({}, more, {
      grid: {color: style('--line')}, ticks: Object.assign({color: style('--soft')}, more.ticks)});
    config.options.scales = {x: axis(config.options.scales.x), y: axis(config.options.scales.y)};
    charts.push(new Chart(get(id), config));
  }

  function drawCharts() {
    charts.splice(0).forEach(each => each.destroy());
    const bytes = {beginAtZero: true, ticks: {callback: size, maxTicksLimit: 6}};
    chart('sharing', {
      type: 'bar',
      data: {
        labels: data.sharing.map(each => each[0]),
        datasets: [{data: data.sharing.map(each => each[1]),
          backgroundColor: data.sharing.map((each, i) => style(i === 0 ? '--own' : '--shared'))}],
      },
      options: {scales: {x: {title: {display: true, text: 'images', color: style('--soft')}}, y: bytes},
        plugins: {tooltip: {callbacks: {label: each => size(each.parsed.y)}}}},
    });
    const DAYS = 2 * 24 * 3600 * 1000;
    const long = data.samples.length > 1 && data.samples[data.samples.length - 1][0] - data.samples[0][0] > DAYS;
    const day = at => long ? new Date(at).toLocaleDateString() : new Date(at).toLocaleTimeString();
    chart('growth', {
      type: 'line',
      data: {datasets: [{data: data.samples.map(each => ({x: each[0], y: each[1]})), stepped: true,
        borderColor: style('--own'), backgroundColor: style('--own'), pointRadius: data.samples.length > 60 ? 0 : 3}]},
      options: {parsing: false, scales: {x: {type: 'linear', ticks: {callback: day, maxTicksLimit: 5}}, y: bytes},
        plugins: {tooltip: {callbacks: {
          title: items => new Date(items[0].parsed.x).toLocaleString(),
          label: each => size(each.parsed.y) + ', ' + count(data.samples[each.dataIndex][2], 'reference')
            + ', after ' + data.samples[each.dataIndex][3]}}}},
    });
  }
  if (data.samples.length < 2) {
    get('growth-hint').textContent = 'One sample so far; each command that changes the store adds one.';
  }
  drawCharts();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawCharts);

  // ---- what can be freed

  get('free').append(...data.free.map(([bytes, what, command]) => {
    const line = element('li', null, element('b', size(bytes)), element('span', what + ' ', element('br', null), element('code', command)));
    if (navigator.clipboard) {
      const copy = button('copy', () => navigator.clipboard.writeText(command).then(() => { copy.textContent = 'copied'; }));
      line.append(copy);
    }
    return line;
  }));
  if (data.free.length === 0) {
    get('free').append(element('li', null, element('b', '0 B'), element('span', 'No reference has anything of its own.')));
  }

  // ---- the table

  const text = cell => document.createTextNode(cell.getValue());
  const bytesOf = cell => document.createTextNode(size(cell.getValue()));
  const column = (title, field, more) => Object.assign({title, field, formatter: text, headerSortTristate: false}, more);
  const sizeColumn = (title, field) => column(title, field,
      {formatter: bytesOf, sorter: 'number', hozAlign: 'right', headerHozAlign: 'right', headerSortStartingDir: 'desc', minWidth: 90});
  let table = null;
  setTimeout(() => { // when the map is there to look at
    table = new Tabulator('#references', {
      data: references,
      height: Math.min(520, 60 + 31 * Math.max(3, references.length)),
      layout: 'fitColumns',
      initialSort: [{column: 'unique', dir: 'desc'}],
      placeholder: 'No reference matches.',
      columns: [
        column('Reference', 'name', {widthGrow: 3, minWidth: 160}),
        sizeColumn('Unique', 'unique'), sizeColumn('Shared', 'shared'), sizeColumn('Total', 'total'),
        column('Created', 'created', {minWidth: 100}), column('Digest', 'digest', {minWidth: 160}),
      ],
    });
    table.on('dataFiltered', (filters, rows) => {
      get('found').textContent = rows.length === references.length ? '' : count(rows.length, 'reference');
    });
    table.on('rowClick', (event, row) => {
      const node = images.get(row.getData().number);
      if (node) {
        open(node);
        get('map-title').scrollIntoView();
      }
    });
    table.on('tableBuilt', () => { document.documentElement.dataset.ready = 'true'; });
  });

  function filter() {
    const wanted = get('search').value.toLowerCase();
    table?.setFilter(row => row.name.toLowerCase().includes(wanted) || row.digest.includes(wanted));
  }
  get('search').addEventListener('input', filter);

  function search(words) {
    get('search').value = words;
    filter();
    get('references-title').scrollIntoView();
  }

  get('made').textContent = 'Written by ocigc-ledger. Drawn with D3, Chart.js and Tabulator, whose licences are in this file.';
})();
